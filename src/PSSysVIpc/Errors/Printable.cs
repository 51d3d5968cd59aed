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

    // Half a character comes as U+FFFD.
    private static bool IsHarmless(Rune letter) =>
        !Rune.IsControl(letter)
        && letter != Rune.ReplacementChar
        && Rune.GetUnicodeCategory(letter)
            is not (UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
