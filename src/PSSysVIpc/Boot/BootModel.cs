namespace PSSysVIpc.Boot;

/// <summary>What the next boot will make of the limits: one look at the files for a run, by whichever reader.</summary>
/// <param name="root">The folder that is taken for the machine's root.</param>
internal sealed class BootModel(string root = "")
{
    private readonly Dictionary<BootReader, BootFiles> _files = [];
    private readonly Dictionary<BootReader, BootSettings> _settings = [];
    private readonly Lazy<TunedProfile?> _tuned = new(() => TunedProfile.Read(root));

    /// <summary>Who reads the files at boot here.</summary>
    internal BootReader Reader { get; } = BootSettings.CurrentReader(root);

    /// <summary>What tuned sets after it; null where there is none.</summary>
    internal TunedProfile? Tuned => _tuned.Value;

    /// <summary>What that one will make of them.</summary>
    internal BootSettings Current => Of(Reader);

    /// <summary>What a reader would make of them.</summary>
    internal BootSettings Of(BootReader reader)
    {
        if (!_settings.TryGetValue(reader, out var settings))
        {
            if (!_files.TryGetValue(reader, out var files))
                _files[reader] = files = new BootFiles(reader, root);
            _settings[reader] = settings = BootSettings.Of(files, root);
        }

        return settings;
    }

    /// <summary>Takes note of our own change of a file. All others stay as they were read.</summary>
    internal void Reread(string path)
    {
        foreach (var files in _files.Values)
            files.Forget(path);
        _settings.Clear();
    }
}
