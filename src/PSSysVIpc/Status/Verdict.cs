namespace PSSysVIpc.Status;

/// <summary>How an object's use is judged, with the reason in words and what became of its last operators.</summary>
/// <param name="Status">One of the constants of <see cref="IpcStatus"/>.</param>
/// <param name="Reason">In whole sentences: the status again, the facts that led to it, and what would settle them.</param>
/// <param name="Operators">What became of its last operators.</param>
internal sealed record Verdict(string Status, string Reason, Operator[] Operators)
{
    /// <param name="status">InUse, Stale or Unknown.</param>
    /// <param name="reasons">At least one.</param>
    /// <param name="operators">What became of its last operators.</param>
    internal static Verdict For(string status, IReadOnlyList<Reason> reasons, Operator[] operators)
    {
        var facts = string.Join("; ", reasons.Select(reason => reason.Text));
        var anyway = status switch
        {
            IpcStatus.InUse => "; -Force removes it under their feet",
            IpcStatus.Stale => " or use -AllowStale",
            _ => " or, if you know that nobody uses it, use -Force",
        };
        return new(status, $"{status}: {facts}. {Remedy(reasons)}{anyway}.", operators);
    }

    private static string Remedy(IReadOnlyList<Reason> reasons)
    {
        var remedies = reasons.Select(reason => reason.Remedy).OfType<string>().Distinct().ToList();
        var toStop = reasons.Sum(reason => reason.ProcessesToStop);
        if (toStop > 0)
            remedies.Insert(0, toStop == 1 ? "stop it" : "stop them");
        var text = string.Join(" and ", remedies);
        return $"{char.ToUpperInvariant(text[0])}{text[1..]}{(remedies.Count > 1 ? "," : "")}";
    }
}
