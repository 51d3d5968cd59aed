using PSSysVIpc.Ipc;
using PSSysVIpc.Processes;

namespace PSSysVIpc.Status;

/// <summary>InUse: positive evidence that somebody uses the object now.</summary>
internal static class InUseRules
{
    // A set can have tens of thousands; LastProcesses has them all.
    private const int Shown = 3;
    private const string Remedy = "stop who uses it";

    internal static void AddTo(
        List<Reason> reasons,
        IpcFacts facts,
        LastProcess[] lastProcesses,
        WaitingThreads waiters,
        HostSnapshot host
    )
    {
        if (facts.WaitingCount > 0)
            reasons.Add(new(Describe(facts.WaitingCount, waiters, host), Remedy));
        var living = Array.FindAll(
            lastProcesses,
            last => last.Fate is LastProcessFate.Alive or LastProcessFate.AliveUnseen
        );
        foreach (var last in living.Take(Shown))
        {
            if (last is { Fate: LastProcessFate.Alive, Process: { } process })
                reasons.Add(new($"its last operator {Wording.Describe(process, host)} lives", Remedy));
            else if (last.Fate == LastProcessFate.AliveUnseen)
            {
                reasons.Add(
                    new(
                        $"its last operator, process {last.Id}, exists, though more of it can't be seen from here",
                        Remedy
                    )
                );
            }
        }

        if (living.Length > Shown)
            reasons.Add(new($"{living.Length - Shown} more of its last operators live", Remedy));
    }

    // They mostly are workers of one server, of which one tells enough.
    private static string Describe(int count, WaitingThreads waiters, HostSnapshot host)
    {
        var (processes, threads) = waiters;
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
