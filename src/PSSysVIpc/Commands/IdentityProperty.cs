using System.Globalization;
using System.Numerics;
using PSSysVIpc.Status;

namespace PSSysVIpc.Commands;

/// <summary>
/// A property that tells one object from another, or from what it was, whether it is read from a live object or from
/// a record that has travelled as XML, JSON, CSV or plain text.
/// </summary>
/// <param name="Name">The property.</param>
/// <param name="Read">Turns a value into what is compared; null where it can't be one.</param>
/// <param name="Show">How a value that was read looks in a message.</param>
internal sealed record IdentityProperty(string Name, Func<object?, object?> Read, Func<object, string> Show)
{
    internal static IdentityProperty Number(string name) => new(name, value => WholeNumber.TryRead(value), WholeNumber.Show);

    internal static IdentityProperty Key(string name) => new(name, value => IpcKey.TryRead(value), ShowKey);

    internal static IdentityProperty Text(string name) =>
        new(name, value => Convert.ToString(WholeNumber.Unwrap(value), CultureInfo.InvariantCulture), text => (string)text);

    internal static IdentityProperty Guid(string name) => new(
        name,
        value => System.Guid.TryParse(WholeNumber.Unwrap(value)?.ToString(), out var id) ? id : null,
        id => $"{id}");

    /// <summary>Compared in whole seconds. CSV has local times in the invariant culture; nothing means never.</summary>
    internal static IdentityProperty Time(string name) => new(name, ReadTime, seconds => (long)seconds == 0 ? "never" : Wording.Time((long)seconds));

    private static string ShowKey(object key) =>
        (BigInteger)key is var number && number >= 0 && number <= uint.MaxValue ? Wording.Key((uint)number) : WholeNumber.Show(key);

    private static object? ReadTime(object? value) => WholeNumber.Unwrap(value) switch
    {
        null or "" => 0L,
        DateTime time => Seconds(time),
        DateTimeOffset time => time.ToUnixTimeSeconds(),
        string text when DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) => Seconds(time),
        _ => null,
    };

    private static long Seconds(DateTime time) => (time.ToUniversalTime().Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond;
}
