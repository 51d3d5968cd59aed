using PSSysVIpc.Kernel;

namespace PSSysVIpc.Status;

/// <summary>The living processes that could use an object by their user or group.</summary>
internal sealed class Candidates(Scene scene)
{
    /// <summary>
    /// How much younger than an object's last change a process may be and still count as one that was there when it was
    /// made: servers make their sets first and fork after it, and clocks are set.
    /// </summary>
    internal const int InheritanceSeconds = 60;

    // Thousands of sets have the same owner: what is found for one holds for all.
    private readonly Dictionary<Access, Relation[]> _known = [];

    /// <summary>What of an object decides who may use it.</summary>
    private readonly record struct Access(uint Owner, uint Creator, uint Group, uint CreatorGroup, bool IsOpenToGroup);

    /// <summary>The processes, in words, by how they relate to the object; each process once. Empty when there are none.</summary>
    internal IEnumerable<string> Describe(IpcRow row)
    {
        var access = new Access(row.OwnerId, row.CreatorId, row.GroupId, row.CreatorGroupId, row.IsOpenToGroup);
        if (!_known.TryGetValue(access, out var relations))
            _known[access] = relations = Find(access);
        // Without a key, a program can in practice have the id only from a process that was there when it was made.
        var latest = row.Key == 0 ? row.ChangeTime + InheritanceSeconds : double.PositiveInfinity;
        foreach (var relation in relations)
        {
            if (relation.Describe(latest, scene) is { } reason)
                yield return reason;
        }
    }

    /// <summary>Whether the kernel would let a process use an object at all, however it came by its id.</summary>
    internal static bool MayOpen(ProcessRecord process, IpcRow row) =>
        process.MayOpenAll || row.IsOpenToAll || process.UserIds.Contains(row.OwnerId) || process.UserIds.Contains(row.CreatorId)
        || (row.IsOpenToGroup && (process.GroupIds.Contains(row.GroupId) || process.GroupIds.Contains(row.CreatorGroupId)));

    private Relation[] Find(Access access)
    {
        var seen = new HashSet<int> { scene.Viewpoint.ProcessId };
        var relations = new List<Relation>();
        foreach (var (processes, text) in Related(access))
        {
            var own = processes.Where(process => !process.IsOutside(scene.NamespaceId) && seen.Add(process.Id));
            relations.Add(new Relation(text, own, scene.Processes));
        }

        return [.. relations];
    }

    private IEnumerable<(IReadOnlyList<ProcessRecord> Processes, string Relation)> Related(Access access)
    {
        yield return (scene.Processes.OfUser(access.Owner), "as its owner");
        // Servers make their sets as root and hand them over. Which root process could be such a server, Masters tells.
        if (access.Creator != access.Owner && access.Creator != 0)
            yield return (scene.Processes.OfUser(access.Creator), "as its creator");
        if (!access.IsOpenToGroup)
            yield break;
        yield return (scene.Processes.OfGroup(access.Group), $"in its group {scene.Names.Group(access.Group)}");
        if (access.CreatorGroup != access.Group)
            yield return (scene.Processes.OfGroup(access.CreatorGroup), $"in its creator's group {scene.Names.Group(access.CreatorGroup)}");
    }

    /// <summary>Processes with one relation to an object, by the age of their families.</summary>
    private sealed class Relation
    {
        private readonly string _text;
        private readonly ProcessRecord[] _processes;
        private readonly double[] _familyStarts;
        private readonly Dictionary<int, string> _reasons = [];

        internal Relation(string text, IEnumerable<ProcessRecord> processes, ProcessTable table)
        {
            _text = text;
            _processes = [.. processes];
            _familyStarts = Array.ConvertAll(_processes, table.FamilyStart);
            Array.Sort(_familyStarts, _processes);
        }

        /// <summary>The processes whose family began at or before a time, in words; null when there are none.</summary>
        internal string? Describe(double latest, Scene scene)
        {
            var count = Array.BinarySearch(_familyStarts, latest);
            count = count < 0 ? ~count : count + 1;
            while (count < _familyStarts.Length && _familyStarts[count] <= latest)
                count++;
            if (count == 0)
                return null;
            if (!_reasons.TryGetValue(count, out var reason))
            {
                var who = Wording.Describe(new ArraySegment<ProcessRecord>(_processes, 0, count), scene);
                _reasons[count] = reason = double.IsPositiveInfinity(latest)
                    ? $"{who} could open it by its key, running {_text}"
                    : $"{who} could use it, running {_text} in a family as old as it is";
            }

            return reason;
        }
    }
}
