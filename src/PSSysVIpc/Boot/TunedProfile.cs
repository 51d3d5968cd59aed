namespace PSSysVIpc.Boot;

/// <summary>
/// What tuned (tuned(8), tuned-profiles(7)) sets of sysctls when it starts, later in the boot than the readers of
/// sysctl.d: its active profile, with what that includes.
/// </summary>
internal sealed class TunedProfile
{
    private const string Program = "/usr/sbin/tuned";
    private const string ActiveProfile = "/etc/tuned/active_profile";
    private const string Configuration = "/etc/tuned/tuned-main.conf";

    // The admin's own win; the first of each pair is that of tuned from 2.23 on.
    private static readonly string[] s_folders =
    [
        "/etc/tuned/profiles",
        "/etc/tuned",
        "/usr/lib/tuned/profiles",
        "/usr/lib/tuned",
    ];

    private readonly string _root;
    private readonly Dictionary<string, SettingLine> _sysctls = new(StringComparer.Ordinal);
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    private TunedProfile(string root, string name)
    {
        _root = root;
        Name = name;
    }

    /// <summary>The names of the active profiles, as tuned keeps them.</summary>
    internal string Name { get; }

    /// <summary>
    /// Whether it applies the files of /run/sysctl.d and /etc/sysctl.d again behind its own settings, as it does unless
    /// told otherwise (reapply_sysctl in tuned-main.conf(5)): then these win.
    /// </summary>
    internal bool Reapplies { get; private init; }

    /// <summary>Null where tuned isn't installed, has no profile, or that can't be read.</summary>
    /// <param name="root">The folder that is taken for the machine's root.</param>
    internal static TunedProfile? Read(string root = "")
    {
        if (!File.Exists(root + Program) || ReadLines(root + ActiveProfile) is not [{ } names, ..])
            return null;
        var profile = new TunedProfile(root, names.Trim())
        {
            Reapplies = !(ReadLines(root + Configuration) ?? []).Any(IsSwitchedOff),
        };
        foreach (var name in names.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            profile.Include(name);
        return profile;
    }

    /// <summary>The line that sets a sysctl; null where none does.</summary>
    internal SettingLine? Find(string sysctl) => _sysctls.GetValueOrDefault(sysctl);

    // What a profile includes comes before it, so that its own lines win.
    private void Include(string name)
    {
        if (name.Contains('/', StringComparison.Ordinal) || !_read.Add(name) || FindFile(name) is not { } path)
            return;
        var section = "";
        var own = new List<(string Name, SettingLine Line)>();
        var number = 0;
        foreach (var line in ReadLines(path) ?? [])
        {
            number++;
            var text = line.Trim();
            if (text is ['[', .., ']'])
                section = text[1..^1].Trim();
            else if (text is not (['#' or ';', ..] or "") && text.Split('=', 2) is [var key, var value])
                Take(section, key.Trim(), value.Trim(), new SettingLine(path, number, text), own);
        }

        foreach (var (sysctl, line) in own)
            _sysctls[sysctl] = line;
    }

    private void Take(string section, string key, string value, SettingLine line, List<(string, SettingLine)> own)
    {
        if (section == "main" && key == "include")
        {
            foreach (var name in value.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries))
                Include(name);
        }
        // What begins so only raises.
        else if (section == "sysctl" && !value.StartsWith('>'))
        {
            own.Add((key.Replace('/', '.'), line));
        }
    }

    private static bool IsSwitchedOff(string line) =>
        line.Split('=', 2, StringSplitOptions.TrimEntries) is ["reapply_sysctl", "0" or "False" or "false" or "no"];

    private string? FindFile(string name) =>
        s_folders.Select(folder => $"{_root}{folder}/{name}/tuned.conf").FirstOrDefault(File.Exists);

    private static string[]? ReadLines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
