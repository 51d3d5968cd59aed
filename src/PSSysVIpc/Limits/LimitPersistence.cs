using PSSysVIpc.Boot;
using PSSysVIpc.Ipc;

namespace PSSysVIpc.Limits;

/// <summary>Writes limits to the drop-in of this module, whole sysctls at a time.</summary>
/// <param name="file">The values of now.</param>
/// <param name="isFloor">
/// Whether the next boot shall make limits at least what is wanted, and no lower than it would.
/// </param>
/// <param name="isMachines">
/// Whether they are the machine's; those of another IPC namespace are not for its boot.
/// </param>
/// <param name="root">The folder that is taken for the machine's root.</param>
internal sealed class LimitPersistence(SysctlFile file, bool isFloor = false, bool isMachines = true, string root = "")
{
    /// <summary>What the next boot makes of the limits: after a change, with it.</summary>
    internal BootModel Boot { get; private set; } = new(root);

    /// <summary>What the next boot makes of a limit: without a file that says so, it is the kernel's default.</summary>
    internal Int128 NextBoot(LimitDefinition limit) =>
        Boot.Current.Find(limit.Sysctl!, limit.Field)?.Value ?? limit.Default;

    /// <summary>Whether nothing need be written for a limit, as the next boot makes it enough by itself.</summary>
    internal bool IsKept(LimitDefinition limit, ulong wanted) => isFloor && NextBoot(limit) >= wanted;

    /// <summary>
    /// Lets the next boot set these limits. A sysctl is one setting, so its other fields get what the next boot would
    /// apply anyway or, where no file says so, what they are now.
    /// </summary>
    /// <returns>
    /// The lines, and those that weren't there before; and as sentences what they take from settings that were kept
    /// before, and what else will decide at the next boot.
    /// </returns>
    /// <exception cref="PersistFailedException">The file can't be written. It is as it was.</exception>
    internal (string[] Lines, string[] Changed, string[] Warnings) Write(
        IReadOnlyDictionary<LimitDefinition, ulong> limits,
        CancellationToken stop
    )
    {
        // What the next boot makes enough by itself may still be undone later in it.
        var all = limits;
        Dictionary<string, string> settings = [];
        string[] losses = [];
        string[] changed = [];
        DropInFile.Change(
            root,
            content =>
            {
                // Under the lock: what is decided by is what is there now.
                Boot = new BootModel(root);
                limits = all.Where(limit => !IsKept(limit.Key, limit.Value))
                    .ToDictionary(limit => limit.Key, limit => limit.Value);
                settings = limits
                    .Keys.Select(limit => limit.Sysctl!)
                    .Distinct()
                    .ToDictionary(sysctl => sysctl, sysctl => ValueOf(sysctl, limits, content));
                losses =
                [
                    .. settings.SelectMany(setting => Losses(content, setting.Key, setting.Value.Split(' '), limits)),
                ];
                changed = [.. settings.Where(setting => content.ValueOf(setting.Key) != setting.Value).Select(Line)];
                return content.With(settings);
            },
            stop: stop
        );
        Boot.Reread(root + DropInFile.Path);
        var forecast = new BootForecast(Boot, isFloor);
        return (
            [.. settings.Select(Line)],
            changed,
            [.. losses, .. all.SelectMany(limit => forecast.Objections(limit.Key, limit.Value)), .. forecast.Doubts]
        );
    }

    private static string Line(KeyValuePair<string, string> setting) => $"{setting.Key} = {setting.Value}";

    private string ValueOf(string sysctl, IReadOnlyDictionary<LimitDefinition, ulong> limits, DropIn content)
    {
        var fields = LimitTable.Of(sysctl);
        var running = file.Read(sysctl);
        var kept = isFloor ? KeptIn(content, sysctl) : [];
        return string.Join(
            ' ',
            fields.Select(limit =>
                Int128.Max(
                    limits.TryGetValue(limit, out var named) ? named : Unnamed(limit, running[limit.Field]),
                    Int128.Max(kept.ElementAtOrDefault(limit.Field), LeastUnderLaterFile(limit))
                )
            )
        );
    }

    // When a later file goes, as it is advised, the next boot must not have less than without ours.
    private ulong LeastUnderLaterFile(LimitDefinition limit) =>
        isFloor && Boot.Current.Find(limit.Sysctl!, limit.Field) is { } planned && IsAfterOurs(planned.File)
            ? limit.Default
            : 0;

    // A minus is no limit: the kernel takes it, and then allows nothing, or everything, by the limit.
    private Int128 Unnamed(LimitDefinition limit, Int128 running)
    {
        var planned = Boot.Current.Find(limit.Sysctl!, limit.Field)?.Value;
        if (planned >= 0)
            return planned.Value;
        if (running < 0 || !isMachines)
            return limit.Default;
        return isFloor ? Int128.Max(running, limit.Default) : running;
    }

    private bool IsAfterOurs(string path) =>
        path != root + DropInFile.Path
        && (
            path == $"{root}/etc/sysctl.conf"
            || string.CompareOrdinal(Path.GetFileName(path), Path.GetFileName(DropInFile.Path)) > 0
        );

    private static ulong[] KeptIn(DropIn content, string sysctl) =>
        [
            .. (content.ValueOf(sysctl) ?? "")
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(word => ulong.TryParse(word, out var value) ? value : 0),
        ];

    // A file that comes after ours has made another value of a field that was kept: what the next boot would apply.
    private IEnumerable<string> Losses(
        DropIn content,
        string sysctl,
        string[] values,
        IReadOnlyDictionary<LimitDefinition, ulong> limits
    )
    {
        // A floor takes nothing away.
        if (isFloor || content.ValueOf(sysctl)?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not { } kept)
            yield break;
        foreach (
            var limit in LimitTable.Of(sysctl).Where(limit => !limits.ContainsKey(limit) && limit.Field < kept.Length)
        )
        {
            var (before, now) = (kept[limit.Field], values[limit.Field]);
            if (before != now)
            {
                yield return $"{limit.Name} was kept at {before} for the next boot and is kept at {now} now, "
                    + "as that is what the next boot would have set. "
                    + $"If that is not what you want: Set-IpcLimit {limit.Name} {before} -Persist.";
            }
        }
    }
}
