namespace PSSysVIpc.Status;

/// <summary>Says of an orphaned object what was looked for and not found.</summary>
internal static class OrphanedReason
{
    // A set can have tens of thousands; LastProcesses has them all.
    private const int Shown = 3;

    internal static string Write(Evidence evidence, Operator[] operators, Scene scene)
    {
        var row = evidence.Row;
        var reason = $"{IpcStatus.Orphaned}: nobody waits on it, {Past(operators, scene)}, and {scene.Candidates.DescribeAbsence(row)}.";
        return row.Key == 0
            ? reason
            : $"{reason} A later process of {scene.Names.User(row.OwnerId)} could open it by its key {Wording.Key(row.Key)}.";
    }

    private static string Past(Operator[] operators, Scene scene)
    {
        if (operators.Length == 0)
            return "nobody has operated on it";
        Operator[] told = [.. operators.Take(Shown)];
        string[] more = operators.Length > Shown ? [$"{operators.Length - Shown} more"] : [];
        return operators.Length > 1 && Array.TrueForAll(told, HasJustExited)
            ? $"its last operators {Enumerate([.. told.Select(last => $"{last.ProcessId}"), .. more])} have exited"
            : Enumerate([.. told.Select(last => $"its last operator {Describe(last, scene)}"), .. more.Select(count => $"{count} have exited")]);
    }

    private static string Enumerate(string[] words) =>
        words.Length == 1 ? words[0] : $"{string.Join(", ", words[..^1])} and {words[^1]}";

    private static bool HasJustExited(Operator last) => last.Fate is not (OperatorFate.Caller or OperatorFate.SecondHand);

    private static string Describe(Operator last, Scene scene) => last switch
    {
        { Fate: OperatorFate.Caller } => $"{last.ProcessId} is this shell",
        { Fate: OperatorFate.SecondHand, Process: { } heir } => $"{last.ProcessId} has exited (its number now belongs to {Wording.Describe(heir, scene)})",
        _ => $"{last.ProcessId} has exited",
    };
}
