namespace PSSysVIpc.Status;

/// <summary>
/// Decides how an object is used, in the order of the design: positive evidence of use first, then what we can't
/// see, then who could still use it. Only what passes all of that is Orphaned.
/// </summary>
internal static class StatusJudge
{
    internal static Verdict Judge(Evidence evidence, Scene scene)
    {
        var operators = evidence.OperatorIds.Length == 0
            ? []
            : Array.ConvertAll(evidence.OperatorIds, id => Operator.Resolve(id, evidence, scene));

        var reasons = new List<Reason>();
        UseRules.AddTo(reasons, evidence, operators, scene);
        if (reasons.Count > 0)
            return Decided(IpcStatus.InUse);
        BlindnessRules.AddTo(reasons, evidence, scene);
        if (reasons.Count > 0)
            return Decided(IpcStatus.Unknown);
        DoubtRules.AddTo(reasons, evidence, operators, scene);
        // Last, as it reads files: only for what would be Orphaned otherwise.
        if (reasons.Count == 0 && scene.Masters.Describe(evidence) is { } master)
            reasons.Add(master);
        return reasons.Count > 0
            ? Decided(IpcStatus.Stale)
            : new(IpcStatus.Orphaned, OrphanedReason.Write(evidence, operators, scene), operators);

        Verdict Decided(string status) => new(status, scene.Sentences.Write(status, reasons), operators);
    }
}
