using System.Diagnostics;

namespace PSSysVIpc.Kernel;

/// <summary>The processes of one pass over /proc, found by number, user or group.</summary>
internal sealed class ProcessTable
{
    private readonly Dictionary<int, ProcessRecord> _byId = [];
    private readonly Dictionary<uint, List<ProcessRecord>> _byUser = [];
    private readonly Dictionary<uint, List<ProcessRecord>> _byGroup = [];
    private readonly long _start;

    /// <param name="processes">Zombies included.</param>
    /// <param name="unreadable">How many were listed but could not be read.</param>
    /// <param name="start">When the pass began, as <see cref="Stopwatch.GetTimestamp"/> tells.</param>
    /// <param name="isWhole">No process can have been missed.</param>
    internal ProcessTable(IReadOnlyCollection<ProcessRecord> processes, int unreadable, long start, bool isWhole)
    {
        All = processes;
        Unreadable = unreadable;
        IsWhole = isWhole;
        _start = start;
        foreach (var process in processes)
        {
            _byId[process.Id] = process;
            foreach (var user in process.UserIds)
                Add(_byUser, user, process);
            foreach (var group in process.GroupIds)
                Add(_byGroup, group, process);
        }
    }

    /// <summary>Every process; after several passes, one whose number was given to another in between is there twice.</summary>
    internal IReadOnlyCollection<ProcessRecord> All { get; }

    internal bool IsWhole { get; }

    internal int Unreadable { get; }

    /// <summary>How long ago the pass began.</summary>
    internal TimeSpan Age => Stopwatch.GetElapsedTime(_start);

    internal ProcessRecord? Find(int id) => _byId.GetValueOrDefault(id);

    /// <summary>The processes with a living thread that runs as this user, in the order of the pass.</summary>
    internal IReadOnlyList<ProcessRecord> OfUser(uint user) => _byUser.TryGetValue(user, out var found) ? found : [];

    /// <summary>The processes with a living thread in this group.</summary>
    internal IReadOnlyList<ProcessRecord> OfGroup(uint group) => _byGroup.TryGetValue(group, out var found) ? found : [];

    /// <summary>This table with what another pass saw. What either saw counts; where both saw a process, the later view does.</summary>
    internal ProcessTable With(ProcessTable later)
    {
        var seen = later.All.Select(process => (process.Id, process.StartTime)).ToHashSet();
        return new ProcessTable(
            [.. All.Where(process => !seen.Contains((process.Id, process.StartTime))), .. later.All],
            Math.Max(Unreadable, later.Unreadable), later._start, later.IsWhole);
    }

    /// <summary>
    /// When the oldest of a process's living family began: the process or an ancestor below pid 1, in seconds since the
    /// epoch. Minus infinity where that can't be told: an unknown ancestor, or one whose own parent has died, so that
    /// nobody knows from whom it inherited what it has.
    /// </summary>
    internal double FamilyStart(ProcessRecord process)
    {
        // More generations than any machine has: a number given anew between two reads can close a circle.
        const int maximumGenerations = 4096;
        var oldest = double.PositiveInfinity;
        for (var generation = 0; generation < maximumGenerations; generation++)
        {
            oldest = Math.Min(oldest, process.StartTime ?? double.NegativeInfinity);
            if (process.ParentId == 0 || process.Id == 1)
                return oldest;
            if (process.ParentId == 1)
                return process.SessionId == process.Id ? oldest : double.NegativeInfinity;
            if (Find(process.ParentId) is not { } parent)
                break;
            process = parent;
        }

        return double.NegativeInfinity;
    }

    private static void Add(Dictionary<uint, List<ProcessRecord>> index, uint id, ProcessRecord process)
    {
        if (!index.TryGetValue(id, out var list))
            index[id] = list = [];
        list.Add(process);
    }
}
