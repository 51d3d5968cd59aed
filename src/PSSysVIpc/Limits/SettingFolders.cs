using System.Text;

namespace PSSysVIpc.Limits;

/// <summary>Which files a reader reads, and in which order.</summary>
internal static class SettingFolders
{
    // The first ones win: a name hides the same one in a later folder, whatever lies there, also nothing (a broken link).
    private static readonly string[] s_folders =
        ["/etc/sysctl.d", "/run/sysctl.d", "/usr/local/lib/sysctl.d", "/usr/lib/sysctl.d", "/lib/sysctl.d"];

    /// <summary>The paths of the files, in the order in which they are read.</summary>
    /// <param name="reader">Who reads them.</param>
    /// <param name="root">The folder that is taken for the machine's root.</param>
    /// <param name="unread">Gets the folders that this process may not list.</param>
    internal static List<string> List(BootReader reader, string root, ICollection<string> unread)
    {
        var paths = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var folder in s_folders)
        {
            foreach (var name in NamesIn(root + folder, unread))
            {
                // Hidden names are not for systemd.
                if (name.EndsWith(".conf", StringComparison.Ordinal) && (reader == BootReader.Procps || name[0] != '.'))
                    paths.TryAdd(name, $"{root}{folder}/{name}");
            }
        }

        var sorted = paths.OrderBy(pair => pair.Key, Comparer<string>.Create(CompareBytes)).Select(pair => pair.Value).ToList();
        // systemd reads this one only where a link to it lies in a folder.
        if (reader == BootReader.Procps && SettingFile.IsRegular($"{root}/etc/sysctl.conf"))
            sorted.Add($"{root}/etc/sysctl.conf");
        return sorted;
    }

    private static List<string> NamesIn(string folder, ICollection<string> unread)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)!)];
        }
        catch (UnauthorizedAccessException)
        {
            unread.Add(folder);
            return [];
        }
        catch (IOException)
        {
            // There is none, or it is a file.
            return [];
        }
    }

    // UTF-16 has another order than the bytes of the names.
    private static int CompareBytes(string? left, string? right) =>
        Encoding.UTF8.GetBytes(left!).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right!));
}
