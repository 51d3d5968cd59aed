using PSSysVIpc.Boot;
using PSSysVIpc.Ipc;

namespace PSSysVIpc.Limits;

/// <summary>Compares what the next boot will make of a limit with what it should.</summary>
/// <param name="boot">What it will make of the limits.</param>
/// <param name="isFloor">Whether more is as good.</param>
internal sealed class BootForecast(BootModel boot, bool isFloor)
{
    private readonly BootReader _current = boot.Reader;

    /// <summary>What will come otherwise, as sentences; none when all will be as it should.</summary>
    /// <param name="limit">A limit that has a sysctl.</param>
    /// <param name="wanted">The value that our drop-in says.</param>
    internal IEnumerable<string> Objections(LimitDefinition limit, ulong wanted)
    {
        var (now, other) = (Find(_current), Find(Other));
        if (!IsAsWanted(now))
        {
            yield return now is not null
                ? $"The next boot will set {limit.Name} to {now.Value}, not to {wanted}: {now.File}:{now.Line} comes "
                    + $"after {DropInFile.Path}. Change or remove that line."
                : $"The next boot will leave {limit.Name} at the kernel's default, and not set {wanted}: "
                    + $"{Last(_current)} comes after {DropInFile.Path}, and does not set it. Complete, change or "
                    + "remove that line.";
        }

        if (now?.Value != other?.Value)
        {
            yield return $"What the next boot makes of {limit.Name} depends on what reads the files: "
                + $"{Name(_current)}, which does it here, "
                + $"sets {Tell(now, _current)}; {Name(Other)} would set {Tell(other, Other)}.";
        }

        foreach (var objection in FurtherObjections(limit, now))
            yield return objection;

        bool IsAsWanted(BootValue? value) =>
            isFloor ? (value?.Value ?? limit.Default) >= wanted : value?.Value == wanted;

        BootValue? Find(BootReader reader) => boot.Of(reader).Find(limit.Sysctl!, limit.Field);

        string Last(BootReader reader) =>
            boot.Of(reader).FindLastLine(limit.Sysctl!) is { } line ? $"{line.File}:{line.Number}" : "another file";

        string Tell(BootValue? value, BootReader reader) =>
            value is null
                ? $"nothing ({Last(reader)} has the last word)"
                : $"{value.Value} ({value.File}:{value.Line})";
    }

    // What may come between the line and the kernel, or after it.
    private IEnumerable<string> FurtherObjections(LimitDefinition limit, BootValue? now)
    {
        if (boot.Current.FindDoubtful(limit.Sysctl!) is { } exclusion)
        {
            yield return $"Whether the next boot sets {limit.Name} depends on the version of procps: from 4.0.5 on, "
                + $"{exclusion.File}:{exclusion.Number} may keep it from that.";
        }

        var isReapplied = boot.Tuned?.Reapplies == true && now is not null && IsInEtcOrRun(now.File);
        if (!isReapplied && boot.Tuned?.Find(limit.Sysctl!) is { } line)
        {
            yield return $"tuned will have the last word on {limit.Sysctl}: its active profile ({boot.Tuned.Name}) "
                + $"sets it later in the boot, by the line '{Printable.Of(line.Text, 60)}' of "
                + $"{line.File}:{line.Number}. Change that line, or the profile.";
        }
    }

    // What tuned applies again.
    private static bool IsInEtcOrRun(string path) =>
        path.Contains("/etc/sysctl", StringComparison.Ordinal)
        || path.Contains("/run/sysctl.d/", StringComparison.Ordinal);

    /// <summary>What could not be read and may say otherwise, as sentences.</summary>
    internal IEnumerable<string> Doubts =>
        boot.Current.Unread is { Count: > 0 } unread
            ?
            [
                $"What the next boot applies is not certain: {string.Join(", ", unread)} can't be read, and may say "
                    + "otherwise.",
            ]
            : [];

    private BootReader Other => _current == BootReader.Systemd ? BootReader.Procps : BootReader.Systemd;

    private static string Name(BootReader reader) =>
        reader == BootReader.Systemd ? "systemd-sysctl" : "sysctl --system of procps";
}
