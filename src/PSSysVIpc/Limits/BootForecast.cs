namespace PSSysVIpc.Limits;

/// <summary>Compares what the next boot will make of a limit with what it should.</summary>
internal sealed class BootForecast(string root = "")
{
    private readonly BootReader _current = BootSettings.CurrentReader(root);
    private readonly Dictionary<BootReader, BootSettings> _settings =
        Enum.GetValues<BootReader>().ToDictionary(reader => reader, reader => BootSettings.Read(reader, root));

    /// <summary>What will come otherwise, as sentences; none when all will be as it should.</summary>
    /// <param name="limit">A limit that has a sysctl.</param>
    /// <param name="wanted">The value that our drop-in says.</param>
    internal IEnumerable<string> Objections(LimitDefinition limit, ulong wanted)
    {
        var (now, other) = (Find(_current), Find(Other));
        if (now?.Value != wanted)
        {
            yield return now is null
                ? $"The next boot will not set {limit.Name} to {wanted}: {Name(_current)} takes no setting of {limit.Sysctl} as the files are."
                : $"The next boot will set {limit.Name} to {now.Value}, not to {wanted}: {now.File}:{now.Line} comes after {DropInFile.Path}. Change or remove that line.";
        }

        if (now?.Value != other?.Value)
        {
            yield return $"What the next boot makes of {limit.Name} depends on what reads the files: {Name(_current)}, which does it here, "
                + $"sets {Tell(now)}; {Name(Other)} would set {Tell(other)}.";
        }

        BootValue? Find(BootReader reader) => _settings[reader].Find(limit.Sysctl!, limit.Field);
    }

    /// <summary>What could not be read and may say otherwise, as a sentence; null when all could.</summary>
    internal string? Doubt => _settings[_current].Unread is { Count: > 0 } unread
        ? $"What the next boot applies is not certain: {string.Join(", ", unread)} can't be read, and may say otherwise."
        : null;

    private BootReader Other => _current == BootReader.Systemd ? BootReader.Procps : BootReader.Systemd;

    private static string Tell(BootValue? value) => value is null ? "nothing" : $"{value.Value} ({value.File}:{value.Line})";

    private static string Name(BootReader reader) => reader == BootReader.Systemd ? "systemd-sysctl" : "sysctl --system of procps";
}
