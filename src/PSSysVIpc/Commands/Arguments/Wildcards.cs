using System.Management.Automation;

namespace PSSysVIpc.Commands;

/// <summary>Reads names that may be patterns.</summary>
internal static class Wildcards
{
    /// <returns>Null where the text has no wildcards: it is a name.</returns>
    /// <exception cref="WildcardPatternException">It is no pattern.</exception>
    internal static WildcardPattern? Read(string text, WildcardOptions options)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(text))
            return null;
        var pattern = new WildcardPattern(text, options);
        // It is read only when it is used.
        pattern.IsMatch("");
        return pattern;
    }
}
