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
    private readonly List<Setting> _exclusions = [];

    public Setting? Read(SettingLine line) => Parse(line) is { MayConcernLimits: true } setting ? setting : null;

    public void Take(Setting setting)
    {
        _keys.Add(setting.Key);
        if (setting.Text is not null)
            _settings.Add(setting);
        else if (setting.IsPattern)
            _exclusions.Add(setting);
    }

    public IEnumerable<Setting> WritesTo(string path) => _settings.Where(setting => Reaches(setting, path));

    // From 4.0.5 on, an exclusion may be a pattern.
    public SettingLine? FindDoubtful(string path) =>
        _exclusions.Find(setting => SysctlPattern.Find(setting.Key, path, hasBraces: false) is not null)?.Line;

    public bool Names(SettingLine line, string path) =>
        Parse(line) is { IsPattern: false } setting && IsKeyOf(setting, path);

    private bool Reaches(Setting setting, string path) =>
        setting.IsPattern
            ? SysctlPattern.Find(setting.Key, path, hasBraces: false) is { } found && !_keys.Contains(found)
            : IsKeyOf(setting, path);

    // What is longer than a page with its new line may be a list, which it writes in pieces that end at a comma. After
    // the first the kernel takes no more (proc_first_pos_non_zero_ignore in kernel/sysctl.c).
    private static string? FirstOfList(string? value)
    {
        if (value is null || value.Length < Environment.SystemPageSize)
            return null;
        var comma = value.AsSpan(0, Environment.SystemPageSize).LastIndexOf(',');
        return comma < 0 ? null : value[..comma];
    }

    // Unlike systemd it takes the path of a key as it is, and the kernel finds its way, through folders that there are.
    private static bool IsKeyOf(Setting setting, string path)
    {
        var names = setting.Key.Split('/');
        var way = new Stack<string>();
        for (var i = 0; i < names.Length; i++)
        {
            if (names[i] == "..")
                way.TryPop(out _);
            else if (names[i] is not ("" or "."))
                way.Push(names[i]);
            if (i < names.Length - 1 && !Directory.Exists(Root + Way()))
                return false;
        }

        return Way() == path;

        string Way() => string.Join('/', way.Reverse());
    }

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
        var value = sign < 0 ? null : text[(sign + 1)..].Trim(s_blanks);
        return new Setting(SysctlPath.SwapSeparators(key), value, line) { Retry = FirstOfList(value) };
    }
}
