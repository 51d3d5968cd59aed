using System.Diagnostics;

namespace PSSysVIpc.Kernel;

/// <summary>The processes of one pass over /proc, found by number, user or group.</summary>
internal sealed class ProcessTable
{
    private readonly Dictionary<int, ProcessRecord> _byId = [];
    private readonly Dictionary<uint, List<ProcessRecord>> _byUser = [];
    private readonly Dictionary<uint, List<ProcessRecord>> _byGroup = [];
    private readonly long _taken = Stopwatch.GetTimestamp();

    /// <param name="processes">Zombies included.</param>
    /// <param name="unreadable">How many were listed but could not be read.</param>
    internal ProcessTable(IEnumerable<ProcessRecord> processes, int unreadable)
    {
        Unreadable = unreadable;
        foreach (var process in processes)
        {
            _byId[process.Id] = process;
            foreach (var user in process.UserIds)
                Add(_byUser, user, process);
            foreach (var group in process.GroupIds)
                Add(_byGroup, group, process);
        }
    }

    internal int Count => _byId.Count;

    internal int Unreadable { get; }

    internal TimeSpan Age => Stopwatch.GetElapsedTime(_taken);

    internal ProcessRecord? Find(int id) => _byId.GetValueOrDefault(id);

    /// <summary>The processes with a living thread that runs as this user, in the order of the pass.</summary>
    internal IReadOnlyList<ProcessRecord> OfUser(uint user) => _byUser.TryGetValue(user, out var found) ? found : [];

    /// <summary>The processes with a living thread in this group.</summary>
    internal IReadOnlyList<ProcessRecord> OfGroup(uint group) => _byGroup.TryGetValue(group, out var found) ? found : [];

    private static void Add(Dictionary<uint, List<ProcessRecord>> index, uint id, ProcessRecord process)
    {
        if (!index.TryGetValue(id, out var list))
            index[id] = list = [];
        list.Add(process);
    }
}
