using System.Buffers;
using System.Globalization;
using System.Text;

namespace PSSysVIpc;

/// <summary>
/// Text of whatever origin, as it is shown: it must not move the terminal's cursor, turn the text around it (U+202E),
/// nor fill the screen. A process may call itself anything, and root reads it in a prompt.
/// </summary>
internal static class Printable
{
    private static readonly Rune s_instead = new('?');

    /// <param name="text">The text.</param>
    /// <param name="most">How many characters are shown; what is cut ends with an ellipsis.</param>
    internal static string Of(string text, int most = 60)
    {
        // Nearly always there is nothing to do.
        if (text.Length <= most && text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0)
            return text;
        var shown = new StringBuilder();
        var count = 0;
        foreach (var letter in text.EnumerateRunes())
        {
            if (count++ == most)
                return shown.Append('…').ToString();
            shown.Append(IsHarmless(letter) ? letter : s_instead);
        }

        return shown.ToString();
    }

    /// <summary>
    /// Bytes of whatever origin as text in UTF-8, of which nothing is lost: what is no text, or isn't shown as it is,
    /// is written as an escape.
    /// </summary>
    internal static string Escaped(ReadOnlySpan<byte> bytes)
    {
        var shown = new StringBuilder();
        while (!bytes.IsEmpty)
        {
            var isText = Rune.DecodeFromUtf8(bytes, out var letter, out var length) == OperationStatus.Done;
            if (isText && letter.Value == '\\')
                shown.Append("\\\\");
            else if (isText && IsHarmless(letter))
                shown.Append(letter);
            else if (isText && letter.Value > byte.MaxValue)
                shown.Append(CultureInfo.InvariantCulture, $"\\u{letter.Value:x4}");
            else
                AppendEscaped(shown, bytes[..length]);
            bytes = bytes[length..];
        }

        return shown.ToString();
    }

    private static void AppendEscaped(StringBuilder shown, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
            _ = value switch
            {
                (byte)'\n' => shown.Append("\\n"),
                (byte)'\r' => shown.Append("\\r"),
                (byte)'\t' => shown.Append("\\t"),
                0 => shown.Append("\\0"),
                _ => shown.Append(CultureInfo.InvariantCulture, $"\\x{value:x2}"),
            };
    }

    // Half a character comes as U+FFFD.
    private static bool IsHarmless(Rune letter) =>
        !Rune.IsControl(letter)
        && letter != Rune.ReplacementChar
        && Rune.GetUnicodeCategory(letter)
            is not (UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
