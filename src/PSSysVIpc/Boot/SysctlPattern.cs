using System.Text;
using PSSysVIpc.Native;

namespace PSSysVIpc.Boot;

/// <summary>
/// A pattern for paths below /proc/sys, as glob(3) takes it; systemd asks for braces, too (GLOB_BRACE).
/// </summary>
internal static class SysctlPattern
{
    // Braces beside braces multiply. The readers take for ever over more, and nobody writes them.
    private const int MostOfAlternatives = 1 << 17;

    /// <summary>The path by which a pattern finds a sysctl; null where it doesn't.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="path">The path of the sysctl, of a folder and a name.</param>
    /// <param name="hasBraces">Whether braces are alternatives.</param>
    internal static string? Find(string pattern, string path, bool hasBraces) =>
        (hasBraces ? Alternatives(pattern) : [pattern])
            .Select(alternative => Find(alternative, path))
            .FirstOrDefault(found => found is not null);

    private static string? Find(string pattern, string path)
    {
        var names = path.Split('/');
        var found = pattern.Split('/');
        var known = 0;
        for (var i = 0; i < found.Length; i++)
        {
            // A slash may be escaped, as a dot was that has become one (glob in glibc's posix/glob.c).
            if (i < found.Length - 1 && IsEscaped(found[i]))
                found[i] = found[i][..^1];
            // Two slashes are one to the kernel, but a path with two of them isn't the same text to the reader.
            if (found[i] is "" or "." && i < found.Length - 1)
                continue;
            if (known == names.Length || !Libc.Matches(Encoding.Latin1.GetBytes(found[i] + '\0'), names[known]))
                return null;
            found[i] = names[known++];
        }

        return known == names.Length ? string.Join('/', found) : null;
    }

    private static bool IsEscaped(string name) => (name.Length - name.TrimEnd('\\').Length) % 2 == 1;

    private static IEnumerable<string> Alternatives(string pattern)
    {
        var open = new Stack<string>([pattern]);
        var length = 0;
        while (open.TryPop(out var next) && (length += next.Length) < MostOfAlternatives)
        {
            if (Split(next) is not { } alternatives)
                yield return next;
            else
                alternatives.ForEach(open.Push);
        }
    }

    /// <summary>
    /// What a pattern means by its first pair of braces; null where the first brace has no partner, and then none
    /// counts.
    /// </summary>
    private static List<string>? Split(string pattern)
    {
        var start = -1;
        var depth = 0;
        var from = 0;
        var parts = new List<string>();
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '\\':
                    i++;
                    break;
                case '{' when start < 0:
                    start = i;
                    from = i + 1;
                    break;
                case '{':
                    depth++;
                    break;
                case ',' when start >= 0 && depth == 0:
                    parts.Add(pattern[from..i]);
                    from = i + 1;
                    break;
                case '}' when start >= 0 && depth-- == 0:
                    parts.Add(pattern[from..i]);
                    return [.. parts.Select(part => pattern[..start] + part + pattern[(i + 1)..])];
            }
        }

        return null;
    }
}
