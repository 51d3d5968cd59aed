using System.Globalization;
using System.Text;
using PSSysVIpc.Boot;

namespace PSSysVIpc.Tests.Boot;

/// <summary>Compares what the module says about a boot with what a reader makes of the same files.</summary>
internal static class Prediction
{
    /// <summary>What differs, in words; empty where the prediction is right.</summary>
    /// <param name="files">The files.</param>
    /// <param name="reader">The reader.</param>
    /// <param name="defaults">What a new IPC namespace has.</param>
    /// <param name="predicted">Counts the fields that were said to be set.</param>
    internal static string Check(
        BootCase files,
        BootReader reader,
        IReadOnlyDictionary<LimitField, string> defaults,
        ref int predicted
    )
    {
        BootMachine.Lay(files);
        var settings = BootSettings.Read(reader);
        var (values, output) = BootMachine.Boot(reader);
        var wrong = new StringBuilder();
        foreach (var field in LimitField.All)
        {
            var found = settings.Find(field.Sysctl, field.Field);
            predicted += found is null ? 0 : 1;
            var expected = found is null ? defaults[field] : found.Value.ToString(CultureInfo.InvariantCulture);
            if (expected != values[field])
                wrong.AppendLine(
                    CultureInfo.InvariantCulture,
                    $"{field}: {found?.ToString() ?? "nothing"} was said, and it is {values[field]}"
                );
            else if (found is not null && !IsIn(found))
                wrong.AppendLine(CultureInfo.InvariantCulture, $"{field}: {found} has no such number");
        }

        if (settings.Unread.Count > 0)
            wrong.AppendLine(CultureInfo.InvariantCulture, $"not read: {string.Join(", ", settings.Unread)}");
        return wrong.Length == 0 ? "" : $"{reader}, {files}\n-> {wrong}{output}\n";
    }

    /// <summary>Whether the line that is named holds the number that is said.</summary>
    private static bool IsIn(BootValue found)
    {
        var line = File.ReadAllText(found.File, Encoding.Latin1).Split('\n')[found.Line - 1];
        return line.Split(' ', '\t', '\r', '=', ',', '\0', '\v', '\f', '\u00a0')
            .Any(word => ToNumber(word) == found.Value);
    }

    private static Int128? ToNumber(string word)
    {
        var digits = word.TrimStart('-');
        try
        {
            var value =
                digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? Convert.ToUInt64(digits, 16)
                : digits.StartsWith('0') ? Convert.ToUInt64(digits, 8)
                : Convert.ToUInt64(digits, CultureInfo.InvariantCulture);
            return digits == word ? value : -(Int128)value;
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException)
        {
            return null;
        }
    }
}
