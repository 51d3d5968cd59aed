using PSSysVIpc.Ipc;
using PSSysVIpc.Processes;

namespace PSSysVIpc.Status;

/// <summary>Stale: why somebody could still use the object although nobody is known to.</summary>
internal static class StaleRules
{
    private const int RecentSeconds = 10;
    private const int Shown = 3;
    private const string LookAgain = "look again in 10 seconds";

    private static readonly Reason s_usedJustNow = new("it was used less than 10 seconds ago", LookAgain);
    private static readonly Reason s_changedJustNow = new("it was changed less than 10 seconds ago", LookAgain);

    internal static void AddTo(
        List<Reason> reasons,
        IpcFacts facts,
        LastProcess[] lastProcesses,
        Candidates candidates,
        HostSnapshot host
    )
    {
        reasons.AddRange(candidates.Describe(facts));
        AddUntried(host, reasons);
        AddLastProcesses(facts.Row, lastProcesses, host, reasons);
        AddRecentUse(facts, host, reasons);
        AddNarrowView(facts, host, reasons);
    }

    private static void AddUntried(HostSnapshot host, List<Reason> reasons)
    {
        if (host.Processes.Untried is > 0 and var count)
        {
            reasons.Add(
                new(
                    $"{count} processes could not be looked at, as others had used up the time there is for that (10 "
                        + "seconds in all)",
                    "look again, and if that doesn't help find out which processes have so many threads or mappings"
                )
            );
        }
    }

    private static void AddLastProcesses(
        IpcRow row,
        LastProcess[] lastProcesses,
        HostSnapshot host,
        List<Reason> reasons
    )
    {
        var found = reasons.Count;
        foreach (var last in lastProcesses)
        {
            // A set can have tens of thousands. One doubt is enough, a few are told.
            if (reasons.Count - found == Shown)
                return;
            if (last.Process is not { } process)
                continue;
            if (last.Fate == LastProcessFate.MaybeAlive)
            {
                reasons.Add(
                    new(
                        $"{Wording.Describe(process, host)} has the number of its last operator and, as the clock was "
                            + "set meanwhile, may be it",
                        processesToStop: 1
                    )
                );
            }

            if (last.Fate == LastProcessFate.ReusedPid && process.IsAlive && Access.MayOpen(process, row, host))
            {
                reasons.Add(
                    new(
                        $"{Wording.Describe(process, host)} has the number of its last operator, and may open it",
                        processesToStop: 1
                    )
                );
            }

            if (
                last.Fate == LastProcessFate.Zombie
                && process.ParentId != 1
                && host.Find(process.ParentId) is { IsAlive: true } parent
            )
            {
                reasons.Add(
                    new(
                        $"its last operator {last.Id} has ended, but its parent {Wording.Describe(parent, host)} lives "
                            + "and has not taken note of it yet",
                        processesToStop: 1
                    )
                );
            }
        }
    }

    private static void AddRecentUse(IpcFacts facts, HostSnapshot host, List<Reason> reasons)
    {
        var age = host.Now - facts.LastTouch;
        var isUse = facts.IsLastTouchUse;
        if (age < 0)
        {
            reasons.Add(
                new(
                    $"it was {(isUse ? "used" : "changed")} in the future ({Wording.Time(facts.LastTouch)}): a clock "
                        + "was set back",
                    "look again after that time"
                )
            );
        }
        // Of one with a key a whole day counts, see LaterRuns.
        else if (age < RecentSeconds && facts.Row.Key == 0)
        {
            reasons.Add(isUse ? s_usedJustNow : s_changedJustNow);
        }
    }

    private static void AddNarrowView(IpcFacts facts, HostSnapshot host, List<Reason> reasons)
    {
        if (!host.Viewpoint.IsFirstPidNamespace)
        {
            reasons.Add(
                new(
                    "this shell runs in a PID namespace of its own (a container), and a user of it may live outside",
                    "look from the machine itself (outside this container)"
                )
            );
        }
        else if (facts.LastUse != 0 && facts.LastProcessIds.Length == 0)
        {
            reasons.Add(
                new(
                    "it was used by processes that have no number here: their PID namespace is another",
                    "find out whether that container still runs"
                )
            );
        }
    }
}
