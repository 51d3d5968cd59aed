using PSSysVIpc.Kernel;

namespace PSSysVIpc.Status;

/// <summary>InUse: positive evidence that somebody uses the object now.</summary>
internal static class UseRules
{
    // A set can have tens of thousands; LastProcess has them all.
    private const int Shown = 3;
    private const string Remedy = "stop who uses it";

    internal static void AddTo(List<Reason> reasons, Evidence evidence, Operator[] operators, Scene scene)
    {
        if (evidence.WaitingCount > 0)
            reasons.Add(new(Waiting(evidence, scene), Remedy));
        var living = Array.FindAll(operators, last => last.Fate is OperatorFate.Alive or OperatorFate.AliveUnseen);
        foreach (var last in living.Take(Shown))
        {
            if (last is { Fate: OperatorFate.Alive, Process: { } process })
                reasons.Add(new($"its last operator {Wording.Describe(process, scene)} lives", Remedy));
            else if (last.Fate == OperatorFate.AliveUnseen)
                reasons.Add(new($"its last operator, process {last.ProcessId}, exists, though more of it can't be seen from here", Remedy));
        }

        if (living.Length > Shown)
            reasons.Add(new($"{living.Length - Shown} more of its last operators live", Remedy));
    }

    private static string Waiting(Evidence evidence, Scene scene)
    {
        var count = evidence.WaitingCount == 1 ? "1 process waits on it" : $"{evidence.WaitingCount} processes wait on it";
        if (evidence.Calls != IpcCalls.Semaphore)
            return count;
        // They mostly are workers of one server, of which one tells enough.
        var named = scene.WaitingOnSemaphores[evidence.Row.Id].FirstOrDefault();
        return named is null ? count : $"{count}, {(evidence.WaitingCount > 1 ? "among them " : "")}{Wording.Describe(named, scene)}";
    }
}
