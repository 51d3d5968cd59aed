namespace PSSysVIpc.Status;

/// <summary>
/// Decides how an object is used, in the order of the design: positive evidence of use first, then what we can't
/// see, then who could still use it. Only what passes all of that is Orphaned.
/// </summary>
internal static class StatusJudge
{
    internal static Verdict Judge(Evidence evidence, Scene scene)
    {
        var operators = new Operator[evidence.OperatorIds.Count];
        for (var i = 0; i < operators.Length; i++)
            operators[i] = Operator.Resolve(evidence.OperatorIds[i], evidence, scene);

        if (UseRules.Find(evidence, operators, scene) is { Count: > 0 } uses)
            return new(IpcStatus.InUse, Join(uses), operators);
        if (BlindnessRules.Find(evidence, scene) is { Count: > 0 } blind)
            return new(IpcStatus.Unknown, Join(blind), operators);
        if (DoubtRules.Find(evidence, operators, scene) is { Count: > 0 } doubts)
            return new(IpcStatus.Stale, Join(doubts), operators);
        return new(IpcStatus.Orphaned, OrphanedReason.Write(evidence, operators, scene), operators);
    }

    private static string Join(IEnumerable<string> reasons) => string.Join("; ", reasons);
}
