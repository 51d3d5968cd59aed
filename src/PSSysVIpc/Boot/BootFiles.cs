using PSSysVIpc.Ipc;

namespace PSSysVIpc.Boot;

/// <summary>The files that one reader reads at boot, each read once: what of them can concern limits.</summary>
internal sealed class BootFiles(BootReader reader, string root)
{
    private readonly Dictionary<string, (List<Setting> Settings, List<SettingLine> Other, bool IsRead)> _known = new(
        StringComparer.Ordinal
    );

    /// <summary>What the reader makes of the files in their order.</summary>
    /// <param name="unread">
    /// Gets the folders and files that root's reader would read and this process can't, or must not.
    /// </param>
    /// <param name="other">Gets the lines that mean nothing to the reader, and may have been meant for a limit.</param>
    internal ISettingReader Play(ICollection<string> unread, ICollection<SettingLine> other)
    {
        var played = ISettingReader.New(reader);
        foreach (var path in SettingFolders.List(reader, root, unread))
        {
            if (!_known.TryGetValue(path, out var file))
                _known[path] = file = Read(path, played);
            if (!file.IsRead)
                unread.Add(path);
            file.Settings.ForEach(played.Take);
            file.Other.ForEach(other.Add);
        }

        return played;
    }

    /// <summary>Lets a file be read anew the next time, as it has changed.</summary>
    internal void Forget(string path) => _known.Remove(path);

    private (List<Setting>, List<SettingLine>, bool) Read(string path, ISettingReader played)
    {
        var settings = new List<Setting>();
        var other = new List<SettingLine>();
        var isRead = SettingFile.TryRead(
            path,
            reader,
            line =>
            {
                if (played.Read(line) is { } setting)
                    settings.Add(setting);
                else if (Array.Exists(LimitTable.Sysctls, line.NamesWithoutSign))
                    other.Add(line);
            }
        );
        return (settings, other, isRead);
    }
}
