using System.Globalization;
using System.Management.Automation;
using System.Numerics;
using System.Reflection;
using PSSysVIpc.Status;

namespace PSSysVIpc.Commands;

/// <summary>
/// A property that tells one object from another, or from what it was, whether it is read from a live object or from
/// a record that has travelled as XML, JSON, CSV or plain text.
/// </summary>
/// <param name="Name">The property.</param>
/// <param name="Read">
/// Turns a value into what is compared, in each way it can be meant; nothing where it can't be one.
/// </param>
/// <param name="Show">How a value that was read looks in a message.</param>
internal sealed record IdentityProperty(string Name, Func<object?, IEnumerable<object>> Read, Func<object, string> Show)
{
    /// <summary>What it means that it differs, in words before the values; empty where those say it.</summary>
    internal string Meaning { get; init; } = "";

    /// <summary>Of a user's or group's name, the property that has its number; else null.</summary>
    internal string? Number { get; init; }

    /// <summary>A property that is a time, a process or a number, as its type says.</summary>
    internal static IdentityProperty Of(PropertyInfo property)
    {
        if (property.PropertyType == typeof(DateTime) || property.PropertyType == typeof(DateTime?))
            return Time(property.Name);
        return property.PropertyType == typeof(IpcProcess) ? Process(property.Name) : NumberOf(property.Name);
    }

    internal static IdentityProperty NumberOf(string name) =>
        new(name, value => Either(WholeNumber.TryRead(value)), WholeNumber.Show);

    internal static IdentityProperty Key(string name) => new(name, value => Either(IpcKey.TryRead(value)), ShowKey);

    /// <summary>A user's or group's name.</summary>
    internal static IdentityProperty AccountName(string name, string number) =>
        new(
            name,
            value => Either(Convert.ToString(WholeNumber.Unwrap(value), CultureInfo.InvariantCulture)),
            text => (string)text
        )
        {
            Number = number,
        };

    /// <summary>Octal digits. Spreadsheets drop the zeros in front.</summary>
    internal static IdentityProperty Octal(string name) =>
        new(
            name,
            value =>
                Either(
                    Convert.ToString(WholeNumber.Unwrap(value), CultureInfo.InvariantCulture) is { Length: > 0 } digits
                        ? digits.TrimStart('0')
                        : null
                ),
            digits => ((string)digits).PadLeft(4, '0')
        );

    internal static IdentityProperty Guid(string name) =>
        new(
            name,
            value => Either(System.Guid.TryParse(WholeNumber.Unwrap(value)?.ToString(), out var id) ? id : null),
            id => $"{id}"
        );

    /// <summary>
    /// Compared in whole seconds. Nothing means never. A text is read as the invariant culture and as the user's would
    /// write it: Export-Csv follows the user's.
    /// </summary>
    internal static IdentityProperty Time(string name) =>
        new(name, ReadTime, seconds => (long)seconds == 0 ? "never" : Wording.Time((long)seconds));

    /// <summary>
    /// Compared by its number: its name is gone when it is. It comes as an object, or as the text <c>4711 apache2</c>.
    /// 0 stands for none.
    /// </summary>
    internal static IdentityProperty Process(string name) =>
        new(name, ReadProcess, id => (int)id == 0 ? "none" : WholeNumber.Show(id));

    private static IEnumerable<object> ReadProcess(object? value)
    {
        var process = WholeNumber.Unwrap(value);
        if (process is null or "")
            return [0];
        var id = process switch
        {
            IpcProcess ours => ours.Id,
            string text => text.Split(' ')[0],
            _ => PSObject.AsPSObject(value).Properties[nameof(IpcProcess.Id)]?.Value,
        };
        return WholeNumber.TryRead(id) is { } number && number >= 0 && number <= int.MaxValue ? [(int)number] : [];
    }

    private static string ShowKey(object key) =>
        (BigInteger)key is var number && number >= 0 && number <= uint.MaxValue
            ? Wording.Key((uint)number)
            : WholeNumber.Show(key);

    private static IEnumerable<object> ReadTime(object? value) =>
        WholeNumber.Unwrap(value) switch
        {
            null or "" => [0L],
            DateTime time => [Seconds(time)],
            DateTimeOffset time => [time.ToUnixTimeSeconds()],
            string text => ReadTime(text, CultureInfo.InvariantCulture)
                .Concat(ReadTime(text, CultureInfo.CurrentCulture)),
            _ => [],
        };

    private static IEnumerable<object> ReadTime(string text, CultureInfo culture) =>
        DateTime.TryParse(text, culture, DateTimeStyles.None, out var time) ? [Seconds(time)] : [];

    private static IEnumerable<object> Either(object? value) => value is null ? [] : [value];

    private static long Seconds(DateTime time) =>
        (time.ToUniversalTime().Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond;
}
