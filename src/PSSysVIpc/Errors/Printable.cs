using System.Globalization;

namespace PSSysVIpc;

/// <summary>
/// Text of whatever origin, as it is shown: it must not move the terminal's cursor, turn the text around it (U+202E),
/// nor fill the screen. A process may call itself anything, and root reads it in a prompt.
/// </summary>
internal static class Printable
{
    /// <param name="text">The text.</param>
    /// <param name="most">How many characters are shown; what is cut ends with an ellipsis.</param>
    internal static string Of(string text, int most = 60)
    {
        var shown = string.Concat(text.Take(most).Select(letter => IsHarmless(letter) ? letter : '?'));
        return text.Length > most ? shown + "…" : shown;
    }

    private static bool IsHarmless(char letter) =>
        !char.IsControl(letter)
        && char.GetUnicodeCategory(letter)
            is not (UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
