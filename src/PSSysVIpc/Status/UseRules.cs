namespace PSSysVIpc.Status;

/// <summary>InUse: positive evidence that somebody uses the object now.</summary>
internal static class UseRules
{
    // A set can have tens of thousands; LastProcess has them all.
    private const int Shown = 3;

    internal static void AddTo(List<string> reasons, Evidence evidence, Operator[] operators, Scene scene)
    {
        if (evidence.WaitingCount > 0)
            reasons.Add(evidence.WaitingCount == 1 ? "1 process waits on it" : $"{evidence.WaitingCount} processes wait on it");
        var living = Array.FindAll(operators, last => last.Fate is OperatorFate.Alive or OperatorFate.AliveUnseen);
        foreach (var last in living.Take(Shown))
        {
            if (last is { Fate: OperatorFate.Alive, Process: { } process })
                reasons.Add($"its last operator {Wording.Describe(process, scene)} lives");
            else if (last.Fate == OperatorFate.AliveUnseen)
                reasons.Add($"its last operator, process {last.ProcessId}, exists, though more of it can't be seen from here");
        }

        if (living.Length > Shown)
            reasons.Add($"{living.Length - Shown} more of its last operators live");
    }
}
