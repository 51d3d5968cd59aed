namespace PSSysVIpc.Boot;

/// <summary>The files that one reader reads at boot, each read once: what of them can concern limits.</summary>
internal sealed class BootFiles(BootReader reader, string root)
{
    private readonly Dictionary<string, (List<Setting> Settings, bool IsRead)> _known = new(StringComparer.Ordinal);

    /// <summary>What the reader makes of the files in their order.</summary>
    /// <param name="unread">
    /// Gets the folders and files that root's reader would read and this process can't, or must not.
    /// </param>
    internal ISettingReader Play(ICollection<string> unread)
    {
        var played = ISettingReader.New(reader);
        foreach (var path in SettingFolders.List(reader, root, unread))
        {
            if (!_known.TryGetValue(path, out var file))
                _known[path] = file = Read(path, played);
            if (!file.IsRead)
                unread.Add(path);
            file.Settings.ForEach(played.Take);
        }

        return played;
    }

    /// <summary>Lets a file be read anew the next time, as it has changed.</summary>
    internal void Forget(string path) => _known.Remove(path);

    private (List<Setting>, bool) Read(string path, ISettingReader played)
    {
        var settings = new List<Setting>();
        var isRead = SettingFile.TryRead(
            path,
            reader,
            line =>
            {
                if (played.Read(line) is { } setting)
                    settings.Add(setting);
            }
        );
        return (settings, isRead);
    }
}
