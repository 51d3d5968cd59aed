namespace PSSysVIpc.Status;

/// <summary>InUse: positive evidence that somebody uses the object now.</summary>
internal static class UseRules
{
    internal static void AddTo(List<string> reasons, Evidence evidence, Operator[] operators, Scene scene)
    {
        if (evidence.WaitingCount > 0)
            reasons.Add(evidence.WaitingCount == 1 ? "1 process waits on it" : $"{evidence.WaitingCount} processes wait on it");
        foreach (var last in operators)
        {
            if (last is { Fate: OperatorFate.Alive, Process: { } process })
                reasons.Add($"its last operator {Wording.Describe(process, scene)} lives");
            else if (last.Fate == OperatorFate.AliveUnseen)
                reasons.Add($"its last operator, process {last.ProcessId}, exists, though more of it can't be seen from here");
        }
    }
}
