namespace PSSysVIpc.Accounts;

/// <summary>
/// The accounts of the machine itself. Only its own file is read: a directory server would have to list all of a
/// company's, and has its own reasons not to.
/// </summary>
internal static class LocalAccounts
{
    private const string Path = "/etc/passwd";

    /// <summary>Their names, sorted; none where the file can't be read.</summary>
    internal static IEnumerable<string> Names()
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }

        // A + or - in front is a reference to a directory and not a name.
        return lines.Where(line => line.Contains(':', StringComparison.Ordinal) && line[0] is not (':' or '+' or '-' or '#'))
            .Select(line => line[..line.IndexOf(':', StringComparison.Ordinal)])
            .Distinct().Order(StringComparer.Ordinal);
    }
}
