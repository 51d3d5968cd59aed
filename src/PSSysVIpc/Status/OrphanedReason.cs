namespace PSSysVIpc.Status;

/// <summary>Says of an orphaned object what was looked for and not found.</summary>
internal static class OrphanedReason
{
    // A set can have tens of thousands; LastProcess has them all.
    private const int Shown = 3;

    internal static string Write(Evidence evidence, Operator[] operators, Scene scene)
    {
        var row = evidence.Row;
        var owner = scene.Names.User(row.OwnerId);
        var nobody = $"no process runs as {owner}";
        if (row.CreatorId != row.OwnerId && row.CreatorId != 0)
            nobody += $" or {scene.Names.User(row.CreatorId)}";
        if (row.IsOpenToGroup)
        {
            nobody += $" or in group {scene.Names.Group(row.GroupId)}";
            if (row.CreatorGroupId != row.GroupId)
                nobody += $" or {scene.Names.Group(row.CreatorGroupId)}";
        }

        var reason = $"nobody waits on it, {Past(operators, scene)}, and {nobody}";
        return row.Key == 0
            ? reason
            : $"{reason}; a later process of {owner} could open it by its key {Wording.Key(row.Key)}";
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
