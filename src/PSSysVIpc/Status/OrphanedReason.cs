namespace PSSysVIpc.Status;

/// <summary>Says of an orphaned object what was looked for and not found.</summary>
internal static class OrphanedReason
{
    // A set can have tens of thousands; LastProcess has them all.
    private const int Shown = 3;

    internal static string Write(Evidence evidence, Operator[] operators, Scene scene)
    {
        var row = evidence.Row;
        var reason = $"{IpcStatus.Orphaned}: nobody waits on it, {Past(operators, scene)}, and {scene.Candidates.DescribeAbsence(row)}.";
        return row.Key == 0
            ? reason
            : $"{reason} A later process of {scene.Names.User(row.OwnerId)} could open it by its key {Wording.Key(row.Key)}.";
    }

    private static string Past(Operator[] operators, Scene scene) => operators.Length switch
    {
        0 => "nobody has operated on it",
        1 => $"its last operator {Describe(operators[0], scene)}",
        <= Shown => $"its last operators {string.Join(", ", operators.Select(last => Describe(last, scene)))}",
        _ => $"its last operators {string.Join(", ", operators.Take(Shown).Select(last => Describe(last, scene)))} and {operators.Length - Shown} more have exited",
    };

    private static string Describe(Operator last, Scene scene) => last switch
    {
        { Fate: OperatorFate.Caller } => $"{last.ProcessId} is this shell",
        { Fate: OperatorFate.SecondHand, Process: { } heir } => $"{last.ProcessId} has exited (its number now belongs to {Wording.Describe(heir, scene)})",
        _ => $"{last.ProcessId} has exited",
    };
}
