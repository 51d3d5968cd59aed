using System.Diagnostics;

namespace PSSysVIpc.Processes;

/// <summary>The processes of one pass over /proc, found by number, user or group.</summary>
internal sealed class ProcessTable
{
    private readonly Dictionary<int, ProcessRecord> _byId = [];
    private readonly Dictionary<uint, List<ProcessRecord>> _byUser = [];
    private readonly Dictionary<uint, List<ProcessRecord>> _byGroup = [];
    private readonly Dictionary<ProcessRecord, ProcessFamily> _families = [];
    private readonly long _start;

    /// <param name="processes">Zombies included.</param>
    /// <param name="unreadable">How many were listed but could not be read.</param>
    /// <param name="start">When the pass began, as <see cref="Stopwatch.GetTimestamp"/> tells.</param>
    /// <param name="isWhole">No process can have been missed.</param>
    internal ProcessTable(IReadOnlyCollection<ProcessRecord> processes, int unreadable, long start, bool isWhole)
    {
        All = LastPass = processes;
        Unreadable = unreadable;
        IsWhole = isWhole;
        _start = start;
        Unexamined = [.. processes.Where(process => process.IsAlive && !process.IsExamined && process.WasTried)];
        Untried = processes.Count(process => process.IsAlive && !process.WasTried);
        foreach (var process in processes)
        {
            _byId[process.Id] = process;
            foreach (var user in process.UserIds)
                Add(_byUser, user, process);
            foreach (var group in process.GroupIds)
                Add(_byGroup, group, process);
        }
    }

    /// <summary>
    /// Every process; after several passes, one whose number was given to another in between is there twice.
    /// </summary>
    internal IReadOnlyCollection<ProcessRecord> All { get; }

    /// <summary>Those that the last pass saw.</summary>
    internal IReadOnlyCollection<ProcessRecord> LastPass { get; private init; }

    /// <summary>The living ones that could not be examined in time: each may run as anybody.</summary>
    internal IReadOnlyList<ProcessRecord> Unexamined { get; }

    /// <summary>How many living ones there was no time left for.</summary>
    internal int Untried { get; }

    internal bool IsWhole { get; }

    internal int Unreadable { get; }

    /// <summary>How long ago the pass began.</summary>
    internal TimeSpan Age => Stopwatch.GetElapsedTime(_start);

    internal ProcessRecord? Find(int id) => _byId.GetValueOrDefault(id);

    /// <summary>The processes with a living thread that runs as this user, in the order of the pass.</summary>
    internal IReadOnlyList<ProcessRecord> OfUser(uint user) => _byUser.TryGetValue(user, out var found) ? found : [];

    /// <summary>The processes with a living thread in this group.</summary>
    internal IReadOnlyList<ProcessRecord> OfGroup(uint group) =>
        _byGroup.TryGetValue(group, out var found) ? found : [];

    /// <summary>
    /// This table with what another pass saw. What either saw counts; where both saw a process, the later view does.
    /// </summary>
    internal ProcessTable With(ProcessTable later)
    {
        var left = All.ToDictionary(process => (process.Id, process.StartTime));
        ProcessRecord[] now =
        [
            .. later.LastPass.Select(process =>
                left.Remove((process.Id, process.StartTime), out var earlier) ? process.Joined(earlier) : process
            ),
        ];
        return new ProcessTable(
            [.. left.Values, .. now],
            Math.Max(Unreadable, later.Unreadable),
            later._start,
            later.IsWhole
        )
        {
            LastPass = now,
        };
    }

    /// <summary>A process's living family: the process and its ancestors below pid 1.</summary>
    internal ProcessFamily FamilyOf(ProcessRecord process)
    {
        if (_families.TryGetValue(process, out var found))
            return found;
        var path = new Stack<ProcessRecord>();
        var family = ProcessFamily.Unknown;
        for (var member = process; member is not null; member = ParentOf(member))
        {
            if (_families.TryGetValue(member, out var known))
            {
                family = known;
                break;
            }

            path.Push(member);
            // Until it is known, so that a circle ends: numbers given anew between two reads can close one.
            _families[member] = ProcessFamily.Unknown;
            if (member.ParentId is 0 or 1 || member.Id == 1)
            {
                // What pid 1 has got from a parent that has died (forget_original_parent in kernel/exit.c) leads no
                // session, unless it began one of its own (setsid(2)).
                family =
                    member.ParentId != 1 || member.SessionId == member.Id ? ProcessFamily.Empty : ProcessFamily.Unknown;
                break;
            }
        }

        while (path.TryPop(out var member))
            _families[member] = family = family.With(member);
        return family;
    }

    // A parent that is younger than its child has a reused pid: the parent itself has ended.
    private ProcessRecord? ParentOf(ProcessRecord process) =>
        Find(process.ParentId) is { } parent && !(parent.StartTime > process.StartTime) ? parent : null;

    private static void Add(Dictionary<uint, List<ProcessRecord>> index, uint id, ProcessRecord process)
    {
        if (!index.TryGetValue(id, out var list))
            index[id] = list = [];
        list.Add(process);
    }
}
