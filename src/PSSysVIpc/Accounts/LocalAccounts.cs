using System.Globalization;

namespace PSSysVIpc.Accounts;

/// <summary>
/// The accounts of the machine itself. Only its own file is read: a directory server would have to list all of a
/// company's, and has its own reasons not to.
/// </summary>
internal static class LocalAccounts
{
    private const string Path = "/etc/passwd";
    private const int Fields = 3;

    /// <summary>Their names and ids, sorted by name; none where the file can't be read.</summary>
    internal static IEnumerable<(string Name, uint Id)> Read()
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

        // A + or - in front is a reference to a directory and not a name (nsswitch.conf(5), compatibility mode).
        return lines
            .Select(line => line.Split(':'))
            .Where(fields => fields.Length >= Fields && fields[0] is [not ('+' or '-' or '#'), ..])
            .Select(fields =>
                (
                    Name: fields[0],
                    Id: uint.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                        ? id
                        : (uint?)null
                )
            )
            .Where(account => account.Id is not null)
            .Select(account => (account.Name, account.Id!.Value))
            .DistinctBy(account => account.Name)
            .OrderBy(account => account.Name, StringComparer.Ordinal);
    }
}
