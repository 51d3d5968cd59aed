using PSSysVIpc.Ipc;

namespace PSSysVIpc.Limits;

/// <summary>What is to become of the limits of one sysctl.</summary>
/// <param name="Changes">Those that are to have another value.</param>
/// <param name="Same">Those that have the value that they should.</param>
internal sealed record LimitPlan(List<LimitChange> Changes, List<LimitDefinition> Same)
{
    /// <summary>All of them, in the order of the table.</summary>
    internal IEnumerable<LimitDefinition> Limits =>
        LimitTable.All.Where(limit => Same.Contains(limit) || Changes.Exists(change => change.Limit == limit));
}
