using System.Text;

namespace PSSysVIpc.Boot;

/// <summary>
/// Which files a reader reads, and in which order (sysctl.d(5); conf_files_list_strv in systemd's
/// src/basic/conf-files.c, PreloadSystem in procps' src/sysctl.c).
/// </summary>
internal static class SettingFolders
{
    // The first ones win: a name hides the same one in a later folder, whatever lies there, also nothing (a broken
    // link).
    private static readonly string[] s_folders =
    [
        "/etc/sysctl.d",
        "/run/sysctl.d",
        "/usr/local/lib/sysctl.d",
        "/usr/lib/sysctl.d",
        "/lib/sysctl.d",
    ];

    // systemd hands its service one more file (systemd.exec(5), LoadCredential), from the first of these that has it:
    // the first is what a virtual machine was given from outside.
    private static readonly string[] s_credentials =
    [
        "/run/credentials/@system",
        "/etc/credstore",
        "/run/credstore",
        "/usr/local/lib/credstore",
        "/usr/lib/credstore",
        "/lib/credstore",
    ];

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

        var sorted = paths
            .OrderBy(pair => pair.Key, Comparer<string>.Create(CompareBytes))
            .Select(pair => pair.Value)
            .ToList();
        sorted.AddRange(reader == BootReader.Systemd ? Credentials(root) : Configuration(root));
        return sorted;
    }

    // systemd reads this one only where a link to it lies in a folder.
    private static IEnumerable<string> Configuration(string root) =>
        new[] { $"{root}/etc/sysctl.conf" }.Where(SettingFile.IsRegular);

    private static IEnumerable<string> Credentials(string root) =>
        s_credentials.Select(folder => $"{root}{folder}/sysctl.extra").Where(SettingFile.MayExist).Take(1);

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
