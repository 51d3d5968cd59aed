namespace PSSysVIpc.Boot;

/// <summary>
/// How systemd-sysctl 252 understands lines (parse_file in src/sysctl/sysctl.c): the last one for a key is the only one
/// that counts.
/// </summary>
internal sealed class SystemdReader : ISettingReader
{
    private static readonly char[] s_blanks = [' ', '\t', '\n', '\r'];

    private readonly Dictionary<string, (int Place, Setting Setting)> _settings = new(StringComparer.Ordinal);
    private int _places;

    public Setting? Read(SettingLine line) => Parse(line) is { MayConcernLimits: true } setting ? setting : null;

    public void Take(Setting setting)
    {
        // Said again, a setting keeps its place among the others. Else it goes to the end.
        var place =
            _settings.TryGetValue(setting.Key, out var earlier) && earlier.Setting.Text == setting.Text
                ? earlier.Place
                : _places++;
        _settings[setting.Key] = (place, setting);
    }

    public IEnumerable<Setting> WritesTo(string path) =>
        _settings
            .Values.OrderBy(entry => entry.Place)
            .Select(entry => entry.Setting)
            .Where(setting => setting.Text is not null && Reaches(setting, path));

    public SettingLine? FindDoubtful(string path) => null;

    public bool Names(SettingLine line, string path) =>
        Parse(line) is { IsPattern: false } setting && setting.Key == path;

    private bool Reaches(Setting setting, string path) =>
        setting.IsPattern
            ? SysctlPattern.Find(setting.Key, path, hasBraces: true) is { } found && !_settings.ContainsKey(found)
            : setting.Key == path;

    /// <returns>Null for a line without meaning.</returns>
    private static Setting? Parse(SettingLine line)
    {
        var text = line.Text.Trim(s_blanks);
        if (text.Length == 0 || text[0] is '#' or ';')
            return null;
        var sign = text.IndexOf('=', StringComparison.Ordinal);
        var hasMinus = text[0] == '-';
        if (sign < 0 && !hasMinus)
            return null;
        var key = (sign < 0 ? text : text[..sign])[(hasMinus ? 1 : 0)..].Trim(s_blanks);
        var path = SysctlPath.SwapSeparators(key).Split('/').Where(name => name is not ("" or "."));
        return new Setting(string.Join('/', path), sign < 0 ? null : text[(sign + 1)..].Trim(s_blanks), line);
    }
}
