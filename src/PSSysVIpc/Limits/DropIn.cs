namespace PSSysVIpc.Limits;

/// <summary>
/// What stands in our file of /etc/sysctl.d: a header, our lines, and whatever an admin has added by hand, which stays
/// as it is to the byte. It doesn't change; <see cref="DropInFile"/> reads and writes it.
/// </summary>
internal sealed class DropIn
{
    /// <summary>By this first line we know the file for ours: it must never change.</summary>
    internal const string FirstLine = "# Written by PSSysVIpc, a PowerShell module for System V IPC (Set-IpcLimit -Persist).";

    /// <summary>No file.</summary>
    internal static readonly DropIn Empty = new("");

    private static readonly string[] s_header =
    [
        FirstLine,
        "# To undo: Remove-IpcLimitPersistence. What you add here by hand is kept; one line is ours for each sysctl: name = numbers.",
    ];

    // The text between the new lines: the last one is empty where the file ends as it should.
    private readonly string[] _lines;

    /// <param name="content">The bytes of the file, each as one character.</param>
    internal DropIn(string content)
    {
        Content = content;
        _lines = content.Split('\n');
    }

    /// <summary>The bytes of the file, each as one character.</summary>
    internal string Content { get; }

    /// <summary>Whether there is to be no file.</summary>
    internal bool IsEmpty => Content.Length == 0;

    /// <summary>Whether we may change it.</summary>
    internal bool IsOurs => _lines[0].TrimEnd() == FirstLine;

    /// <summary>The limits' sysctls that it names (kernel.sem), be it in our lines or in others.</summary>
    internal IReadOnlyList<string> Keys =>
        [.. IpcSysctls.Names.Select(name => $"kernel.{name}").Where(sysctl => _lines.Any(line => Names(line, sysctl)))];

    /// <summary>What our line for a sysctl says; null where there is none.</summary>
    internal string? ValueOf(string sysctl) => Array.FindLast(_lines, line => IsOurLine(line, sysctl))?[(sysctl.Length + 3)..].Trim();

    /// <summary>Sets sysctls, each in one line of ours that wins over all others in the file, whoever reads it.</summary>
    /// <param name="values">The text to write to each: kernel.sem, 250 32000 32 512.</param>
    internal DropIn With(IReadOnlyDictionary<string, string> values)
    {
        if (values.Count == 0)
            return this;
        List<string> lines = IsEmpty ? [.. s_header, ""] : [.. _lines];
        foreach (var (sysctl, value) in values)
            Set(lines, sysctl, $"{sysctl} = {value}");
        return Of(lines);
    }

    /// <summary>
    /// Takes sysctls out: every line that names one, also one that was added by hand. Patterns stay, as they may mean
    /// others. There is no file any more when nothing but our header is left.
    /// </summary>
    internal DropIn Without(IReadOnlyCollection<string> sysctls)
    {
        var left = _lines.Where(line => !sysctls.Any(sysctl => Names(line, sysctl))).ToList();
        return left.All(line => string.IsNullOrWhiteSpace(line) || s_header.Contains(line.TrimEnd())) ? Empty : Of(left);
    }

    private static void Set(List<string> lines, string sysctl, string line)
    {
        var place = lines.FindLastIndex(other => IsOurLine(other, sysctl));
        if (place >= 0)
        {
            lines[place] = line;
            if (Wins(lines, place, sysctl))
                return;
            // Somebody has added another line below it, which would undo ours.
            lines.RemoveAt(place);
        }

        // Behind all others it wins. Somebody may have left out the new line at the end.
        if (lines[^1].Length > 0)
            lines.Add("");
        lines.Insert(lines.Count - 1, line);
    }

    private static bool IsOurLine(string line, string sysctl) =>
        line.StartsWith($"{sysctl} = ", StringComparison.Ordinal)
        && line[(sysctl.Length + 3)..].TrimEnd().All(value => char.IsAsciiDigit(value) || value is ' ' or '-');

    /// <summary>Whether a line is the last word on a sysctl to both readers.</summary>
    private static bool Wins(List<string> lines, int place, string sysctl)
    {
        foreach (var reader in Enum.GetValues<BootReader>())
        {
            var settings = ISettingReader.New(reader);
            for (var i = 0; i < lines.Count; i++)
            {
                foreach (var piece in Pieces(lines[i], reader))
                    settings.Take(new SettingLine(DropInFile.Path, i, piece));
            }

            if (settings.WritesTo(PathOf(sysctl)).LastOrDefault()?.Line.Number != place)
                return false;
        }

        return true;
    }

    /// <summary>Whether a line names a sysctl for either reader.</summary>
    private static bool Names(string line, string sysctl) =>
        Enum.GetValues<BootReader>().Any(reader =>
            Pieces(line, reader).Any(piece => ISettingReader.New(reader).Names(new SettingLine(DropInFile.Path, 0, piece), PathOf(sysctl))));

    // To systemd a line ends at these, too.
    private static string[] Pieces(string line, BootReader reader) => reader == BootReader.Systemd ? line.Split('\r', '\0') : [line];

    private static string PathOf(string sysctl) => sysctl.Replace('.', '/');

    private static DropIn Of(IEnumerable<string> lines) => new(string.Join('\n', lines));
}
