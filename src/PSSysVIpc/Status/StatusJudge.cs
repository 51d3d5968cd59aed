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

        var waiters = scene.WaitersOn(evidence);
        var reasons = new List<Reason>();
        UseRules.AddTo(reasons, evidence, operators, waiters, scene);
        if (reasons.Count > 0)
            return Decided(IpcStatus.InUse);
        BlindnessRules.AddTo(reasons, evidence, scene);
        if (reasons.Count > 0)
            return Decided(IpcStatus.Unknown);
        DoubtRules.AddTo(reasons, evidence, operators, scene);
        // Last, as it reads files: only for what would be Orphaned otherwise.
        if (reasons.Count == 0 && scene.Masters.Describe(evidence) is { } master)
            reasons.Add(master);
        if (reasons.Count > 0)
            return Decided(IpcStatus.Stale);
        var orphaned = OrphanedReason.Write(evidence, operators, scene);
        return new(IpcStatus.Orphaned, orphaned, orphaned, operators, waiters);

        Verdict Decided(string status)
        {
            var (reason, grounds) = scene.Sentences.Write(status, reasons);
            return new(status, reason, grounds, operators, waiters);
        }
    }
}
