using PSSysVIpc.Ipc;
using PSSysVIpc.Processes;

namespace PSSysVIpc.Status;

/// <summary>InUse: positive evidence that somebody uses the object now.</summary>
internal sealed class InUseRules(HostSnapshot host)
{
    // A set can have tens of thousands; LastProcesses has them all.
    private const int Shown = 3;
    internal const string Remedy = "stop who uses it";

    private readonly Dictionary<(int, WaitingThreads), Reason> _waiting = [];
    private readonly Dictionary<(LastProcess, bool), Reason> _living = [];
    private readonly Dictionary<int, Reason> _more = [];
    private readonly AttachedRule _attachedRule = new(host);

    internal void AddTo(
        List<Reason> reasons,
        IpcFacts facts,
        LastProcess[] lastProcesses,
        WaitingThreads waiters,
        Attachments? attachments
    )
    {
        var isAttached = facts.AttachCount > 0;
        if (isAttached)
            reasons.Add(_attachedRule.Describe(facts, attachments));
        if ((facts.WaitingCount ?? waiters.Threads.Count) is > 0 and var waiting)
            reasons.Add(Waiting(waiting, waiters));
        var living = 0;
        foreach (var last in lastProcesses)
        {
            // Of what is in use in any case, who made it says whose it is.
            if (
                !(last.Role.IsUse || isAttached)
                || last.Fate is not (LastProcessFate.Alive or LastProcessFate.AliveUnseen)
            )
                continue;
            // Named already.
            if (attachments?.Processes.Any(attached => attached.Process.Id == last.Id) == true)
                continue;
            living++;
            if (living <= Shown)
                reasons.Add(Living(last, isAttached));
        }

        if (living > Shown)
            reasons.Add(More(living - Shown));
    }

    private Reason Waiting(int count, WaitingThreads waiters) =>
        _waiting.TryGetValue((count, waiters), out var known)
            ? known
            : _waiting[(count, waiters)] = new(Describe(count, waiters), Remedy);

    // Who is attached is to be stopped in any case, and more may be than this one.
    private Reason Living(LastProcess last, bool isAttached) =>
        _living.TryGetValue((last, isAttached), out var known)
            ? known
            : _living[(last, isAttached)] = new(Wording.Lives(last, host), isAttached ? null : Remedy);

    private Reason More(int count) =>
        _more.TryGetValue(count, out var known)
            ? known
            : _more[count] = new($"{count} more of its last operators live", Remedy);

    // They mostly are workers of one server, of which one tells enough.
    private string Describe(int count, WaitingThreads waiters)
    {
        var (processes, threads) = (waiters.Processes, waiters.Threads.Count);
        if (processes.Count == 0)
        {
            return count == 1
                ? "1 process waits on it, which can't be named from here"
                : $"{count} processes wait on it, none of which can be named from here";
        }

        var named = $"{(processes.Count > 1 ? "among them " : "")}{Wording.Describe(processes[0], host)}";
        // The kernel's count says whether these are all.
        if (threads < count)
            return $"{count} threads wait on it, {threads} of which can be named from here, {named}";
        return processes.Count == 1
            ? $"1 process waits on it, {named}"
            : $"{processes.Count} processes wait on it, {named}";
    }
}
