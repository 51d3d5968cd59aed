using PSSysVIpc.Kernel;

namespace PSSysVIpc.Status;

/// <summary>
/// The living processes that could use an object by their user or group. This is the place for whatever rules a
/// process out (another IPC namespace, a family too young for a private key) or in (a root process that could be
/// the master of dead workers).
/// </summary>
internal sealed class Candidates(Scene scene)
{
    // Thousands of sets have the same owner: what is found for one holds for all.
    private readonly Dictionary<Access, IReadOnlyList<string>> _known = [];

    /// <summary>What of an object decides who may use it.</summary>
    private readonly record struct Access(uint Owner, uint Creator, uint Group, uint CreatorGroup, bool IsOpenToGroup);

    /// <summary>The processes, in words, by how they relate to the object; each process once. Empty when there are none.</summary>
    internal IReadOnlyList<string> Describe(IpcRow row)
    {
        var access = new Access(row.OwnerId, row.CreatorId, row.GroupId, row.CreatorGroupId, row.IsOpenToGroup);
        if (!_known.TryGetValue(access, out var reasons))
            _known[access] = reasons = Find(access);
        return reasons;
    }

    private List<string> Find(Access access)
    {
        var reasons = new List<string>();
        var seen = new HashSet<int> { scene.Viewpoint.ProcessId };
        foreach (var (processes, relation) in Related(access))
        {
            var fresh = processes.Where(process => seen.Add(process.Id)).ToList();
            if (fresh.Count > 0)
                reasons.Add($"{Wording.Describe(fresh, scene)} could use it, running {relation}");
        }

        return reasons;
    }

    private IEnumerable<(IReadOnlyList<ProcessRecord> Processes, string Relation)> Related(Access access)
    {
        yield return (scene.Processes.OfUser(access.Owner), "as its owner");
        // Servers make their sets as root and hand them over. Counting every root process as a possible user would
        // leave nothing Orphaned ever.
        if (access.Creator != access.Owner && access.Creator != 0)
            yield return (scene.Processes.OfUser(access.Creator), "as its creator");
        if (!access.IsOpenToGroup)
            yield break;
        yield return (scene.Processes.OfGroup(access.Group), $"in its group {scene.Names.Group(access.Group)}");
        if (access.CreatorGroup != access.Group)
            yield return (scene.Processes.OfGroup(access.CreatorGroup), $"in its creator's group {scene.Names.Group(access.CreatorGroup)}");
    }
}
