namespace PSSysVIpc.Boot;

/// <summary>
/// How <c>sysctl --system</c> of procps 4.0.2 understands lines (Preload in src/sysctl.c): each is written in its turn.
/// </summary>
internal sealed class ProcpsReader : ISettingReader
{
    private const string Root = "/proc/sys/";

    private static readonly char[] s_blanks = [' ', '\t', '\n', '\v', '\f', '\r'];

    private readonly List<Setting> _settings = [];
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);

    public Setting? Read(SettingLine line) => Parse(line) is { MayConcernLimits: true } setting ? setting : null;

    public void Take(Setting setting)
    {
        _keys.Add(setting.Key);
        if (setting.Text is not null)
            _settings.Add(setting);
    }

    public IEnumerable<Setting> WritesTo(string path) => _settings.Where(setting => Reaches(setting, path));

    public bool Names(SettingLine line, string path) =>
        Parse(line) is { IsPattern: false } setting && IsKeyOf(setting, path);

    private bool Reaches(Setting setting, string path) =>
        setting.IsPattern
            ? SysctlPattern.Find(setting.Key, path, hasBraces: false) is { } found && !_keys.Contains(found)
            : IsKeyOf(setting, path);

    // Unlike systemd it takes the path of a key as it is, and the kernel finds its way.
    private static bool IsKeyOf(Setting setting, string path) => Path.GetFullPath(Root + setting.Key) == Root + path;

    /// <returns>Null for a line without meaning.</returns>
    private static Setting? Parse(SettingLine line)
    {
        // To C a text ends at a null byte.
        var end = line.Text.IndexOf('\0', StringComparison.Ordinal);
        var text = (end < 0 ? line.Text : line.Text[..end]).TrimStart(s_blanks);
        if (text.Length == 0 || text[0] is '#' or ';')
            return null;
        var sign = text.IndexOf('=', StringComparison.Ordinal);
        var hasMinus = text[0] == '-';
        if (sign < 0 && !hasMinus)
            return null;
        var key = (sign < 0 ? text : text[..sign])[(hasMinus ? 1 : 0)..].TrimEnd(s_blanks);
        // It takes a minus away twice, and no blank behind it.
        if (key.StartsWith('-'))
            key = key[1..];
        return new Setting(SysctlPath.SwapSeparators(key), sign < 0 ? null : text[(sign + 1)..].Trim(s_blanks), line);
    }
}
