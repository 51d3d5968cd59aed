using System.Management.Automation;
using System.Management.Automation.Language;

namespace PSSysVIpc.Commands;

/// <summary>Reads the word at the cursor, and writes what takes its place.</summary>
internal static class TypedWord
{
    // PowerShell takes the typographic ones for quotes, too.
    private const string SingleQuotes = "'\u2018\u2019\u201a\u201b";
    private const string DoubleQuotes = "\"\u201c\u201d\u201e";
    private const string SafeSigns = "_.-";

    /// <summary>The text that is meant, as far as it was typed: without quotes around it.</summary>
    internal static string Read(string? word)
    {
        if (string.IsNullOrEmpty(word) || !(SingleQuotes + DoubleQuotes).Contains(word[0]))
            return word ?? "";
        var quotes = SingleQuotes.Contains(word[0]) ? SingleQuotes : DoubleQuotes;
        var text = word[1..];
        if (text.Length > 0 && quotes.Contains(text[^1]))
            text = text[..^1];
        return quotes == SingleQuotes ? text.Replace("''", "'", StringComparison.Ordinal) : text;
    }

    /// <summary>The argument that means a name literally: wildcards escaped, in quotes where it needs them.</summary>
    internal static string Literal(string name)
    {
        var text = string.Concat(name.Select(c => "`*?[]".Contains(c) ? $"`{c}" : $"{c}"));
        return
            text.Length > 0
            && text.All(c => char.IsAsciiLetterOrDigit(c) || SafeSigns.Contains(c))
            && (char.IsAsciiLetterOrDigit(text[0]) || text[0] == '_')
            ? text
            : $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";
    }

    /// <summary>Whether a name begins with what was typed, in any case and with its wildcards escaped or not.</summary>
    internal static bool Begins(string name, string typed) =>
        name.StartsWith(typed, StringComparison.OrdinalIgnoreCase)
        || name.StartsWith(WildcardPattern.Unescape(typed), StringComparison.OrdinalIgnoreCase);
}
