using PSSysVIpc.Ipc;
using PSSysVIpc.Processes;

namespace PSSysVIpc.Status;

/// <summary>Stale: why somebody could still use the object although nobody is known to.</summary>
internal sealed class StaleRules
{
    private const int RecentSeconds = 10;
    private const int Shown = 3;
    private const string LookAgain = "look again in 10 seconds";

    private static readonly Reason s_usedJustNow = new("it was used less than 10 seconds ago", LookAgain);
    private static readonly Reason s_changedJustNow = new("it was changed less than 10 seconds ago", LookAgain);

    private static readonly Reason s_ownPidNamespace = new(
        "this shell runs in a PID namespace of its own (a container), and a user of it may live outside",
        "look from the machine itself (outside this container)"
    );

    private static readonly Reason s_otherPidNamespace = new(
        "it was used by processes that have no number here: their PID namespace is another",
        "find out whether that container still runs"
    );

    private readonly HostSnapshot _host;
    private readonly Reason? _untried;
    private readonly Dictionary<LastProcess, Reason> _lastProcesses = [];
    private readonly Dictionary<(bool, long), Reason> _inFuture = [];

    internal StaleRules(HostSnapshot host)
    {
        _host = host;
        if (host.Processes.Untried is > 0 and var count)
            _untried = new(
                $"{count} processes could not be looked at, as others had used up the time there is for that (10 "
                    + "seconds in all)",
                "look again, and if that doesn't help find out which processes have so many threads or mappings"
            );
    }

    internal void AddTo(List<Reason> reasons, IpcFacts facts, LastProcess[] lastProcesses)
    {
        if (_untried is not null)
            reasons.Add(_untried);
        AddLastProcesses(facts.Row, lastProcesses, reasons);
        AddRecentUse(facts, reasons);
        if (!_host.Viewpoint.IsFirstPidNamespace)
            reasons.Add(s_ownPidNamespace);
        else if (facts.IsUsedFromElsewhere)
            reasons.Add(s_otherPidNamespace);
    }

    private void AddLastProcesses(IpcRow row, LastProcess[] lastProcesses, List<Reason> reasons)
    {
        var found = 0;
        foreach (var last in lastProcesses)
        {
            if (!IsDoubt(last, row))
                continue;
            if (!_lastProcesses.TryGetValue(last, out var reason))
                _lastProcesses[last] = reason = new(Describe(last), processesToStop: 1);
            reasons.Add(reason);
            // A set can have tens of thousands. One doubt is enough, a few are told.
            if (++found == Shown)
                return;
        }
    }

    private bool IsDoubt(LastProcess last, IpcRow row) =>
        (last.Fate, last.Process) switch
        {
            // It doesn't use the object now, and can at any time.
            (LastProcessFate.Alive or LastProcessFate.AliveUnseen, _) => !last.Role.IsUse,
            (LastProcessFate.MaybeAlive, _) => true,
            (LastProcessFate.ReusedPid, { } process) => process.IsAlive && Access.MayOpen(process, row, _host),
            (LastProcessFate.Zombie, { } process) => ParentOf(process) is not null,
            _ => false,
        };

    private string Describe(LastProcess last)
    {
        var role = last.Role.Name;
        return last.Fate switch
        {
            LastProcessFate.Alive or LastProcessFate.AliveUnseen => Wording.Lives(last, _host),
            LastProcessFate.MaybeAlive =>
                $"{Wording.Describe(last.Process!, _host)} has the number of its {role} and, as the clock was set "
                    + "meanwhile, may be it",
            LastProcessFate.Zombie => $"its {role} {last.Id} has ended, but its parent "
                + $"{Wording.Describe(ParentOf(last.Process!)!, _host)} lives and has not taken note of it yet",
            _ => $"{Wording.Describe(last.Process!, _host)} has the number of its {role}, and may open it",
        };
    }

    // Init takes note at once.
    private ProcessRecord? ParentOf(ProcessRecord process) =>
        process.ParentId != 1 && _host.Find(process.ParentId) is { IsAlive: true } parent ? parent : null;

    private void AddRecentUse(IpcFacts facts, List<Reason> reasons)
    {
        var age = _host.Now - facts.LastTouch;
        var isUse = facts.IsLastTouchUse;
        if (age < 0)
            reasons.Add(InFuture(isUse, facts.LastTouch));
        // Of one with a key a whole day counts, see LaterRuns.
        else if (age < RecentSeconds && facts.Row.Key == 0)
            reasons.Add(isUse ? s_usedJustNow : s_changedJustNow);
    }

    private Reason InFuture(bool isUse, long touch) =>
        _inFuture.TryGetValue((isUse, touch), out var known)
            ? known
            : _inFuture[(isUse, touch)] = new(
                $"it was {(isUse ? "used" : "changed")} in the future ({Wording.Time(touch)}): a clock was set back",
                "look again after that time"
            );
}
