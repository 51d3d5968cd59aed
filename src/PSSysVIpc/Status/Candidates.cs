using PSSysVIpc.Kernel;

namespace PSSysVIpc.Status;

/// <summary>
/// The living processes that could use an object by their user or group. This is the place for whatever rules a
/// process out (another IPC namespace, a family too young for a private key) or in (a root process that could be
/// the master of dead workers).
/// </summary>
internal static class Candidates
{
    /// <summary>The processes, by how they relate to the object; each process once.</summary>
    internal static IEnumerable<(IReadOnlyList<ProcessRecord> Processes, string Relation)> Find(IpcRow row, Scene scene)
    {
        var seen = new HashSet<int> { scene.Viewpoint.ProcessId };
        foreach (var (processes, relation) in Related(row, scene))
        {
            var fresh = processes.Where(process => seen.Add(process.Id)).ToList();
            if (fresh.Count > 0)
                yield return (fresh, relation);
        }
    }

    private static IEnumerable<(IReadOnlyList<ProcessRecord> Processes, string Relation)> Related(IpcRow row, Scene scene)
    {
        yield return (scene.Processes.OfUser(row.OwnerId), "as its owner");
        // Servers make their sets as root and hand them over. Counting every root process as a possible user would
        // leave nothing Orphaned ever.
        if (row.CreatorId != row.OwnerId && row.CreatorId != 0)
            yield return (scene.Processes.OfUser(row.CreatorId), "as its creator");
        if (!row.IsOpenToGroup)
            yield break;
        yield return (scene.Processes.OfGroup(row.GroupId), $"in its group {scene.Names.Group(row.GroupId)}");
        if (row.CreatorGroupId != row.GroupId)
            yield return (scene.Processes.OfGroup(row.CreatorGroupId), $"in its creator's group {scene.Names.Group(row.CreatorGroupId)}");
    }
}
