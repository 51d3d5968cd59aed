using PSSysVIpc.Ipc;
using PSSysVIpc.Native;
using PSSysVIpc.Processes;

namespace PSSysVIpc.Status;

/// <summary>The living processes that could use an object by their user or group.</summary>
internal sealed class Candidates(HostSnapshot host)
{
    // Thousands of sets have the same owner or group: what is found for one holds for all.
    private readonly Dictionary<uint, Relatives> _ofUser = [];
    private readonly Dictionary<uint, Relatives> _ofGroup = [];

    private Relatives? _unexamined;

    private readonly List<(Relation Relation, Relatives Relatives)> _related = [];
    private readonly Dictionary<(Relatives, Relation, int Count, bool HasKey, FamilyAge), Reason> _reasons = [];
    private readonly Dictionary<(uint, uint, (uint?, uint?), bool), string> _absences = [];

    private enum Relation
    {
        Owner,
        Creator,
        Group,
        CreatorGroup,

        /// <summary>Nobody knows, so it may be any of them.</summary>
        Unexamined,
    }

    /// <summary>Adds those that could, by how they relate to the object.</summary>
    internal void AddTo(List<Reason> reasons, IpcFacts facts)
    {
        var row = facts.Row;
        var latest = Access.LatestFamily(row, host);
        ProcessRecord? told = null;
        foreach (var (relation, relatives) in Related(row))
        {
            // A process of the owner that is also in the group is told once.
            if (relatives.CountUntil(latest) is not (> 0 and var count) || ReferenceEquals(relatives.Oldest, told))
                continue;
            told = relatives.Oldest!;
            var age = row.Key == 0 ? FamilyAge.Compare(told, row.ChangeTime, host) : default;
            var key = (relatives, relation, count, row.Key != 0, age);
            if (!_reasons.TryGetValue(key, out var reason))
                _reasons[key] = reason = new(Describe(told, count, relation, facts, age), processesToStop: count);
            reasons.Add(reason);
        }
    }

    /// <summary>
    /// Of an object that has none: who was looked for, and who is there but too young to have its id.
    /// </summary>
    internal string DescribeAbsence(IpcRow row)
    {
        var key = (row.OwnerId, row.CreatorId, row.OpenGroups, row.IsOpenToAll);
        if (!_absences.TryGetValue(key, out var text))
            _absences[key] = text = MakeAbsence(row);
        return text;
    }

    private string MakeAbsence(IpcRow row)
    {
        var absent = new List<string>();
        var facts = new List<string>();
        var hasOutsiders = false;
        foreach (var (relation, relatives) in Related(row))
        {
            hasOutsiders |= relatives.HasOutsiders;
            if (relatives.Oldest is { } oldest)
            {
                facts.Add(
                    $"{Wording.Describe(oldest, relatives.Count, host)} runs {Place(relation, row)}, "
                        + "but began too late to have inherited its id, as far as can be seen"
                );
            }
            else if (relation != Relation.Unexamined)
            {
                absent.Add(Place(relation, row));
            }
        }

        if (absent.Count > 0)
            facts.Insert(
                0,
                $"no process {(hasOutsiders ? "of this IPC namespace " : "")}runs {string.Join(" or ", absent)}"
            );
        if (row.IsOpenToAll)
            facts.Add("no other process has code that makes such calls");
        return string.Join(", and ", facts);
    }

    // For tens of thousands of objects, in one list.
    private List<(Relation Relation, Relatives Relatives)> Related(IpcRow row)
    {
        _related.Clear();
        // Of root's processes only their code tells anything, see UsersByCode. Servers make their sets as root and hand
        // them over.
        if (row.OwnerId != 0)
            _related.Add((Relation.Owner, OfUser(row.OwnerId)));
        if (row.CreatorId != row.OwnerId && row.CreatorId != 0)
            _related.Add((Relation.Creator, OfUser(row.CreatorId)));
        if (row.IsOpenToGroup)
        {
            _related.Add((Relation.Group, OfGroup(row.GroupId)));
            if (row.CreatorGroupId != row.GroupId)
                _related.Add((Relation.CreatorGroup, OfGroup(row.CreatorGroupId)));
        }

        _related.Add((Relation.Unexamined, _unexamined ??= new(host.Processes.Unexamined, host)));
        return _related;
    }

    private static uint IdOf(Relation relation, IpcRow row) =>
        relation switch
        {
            Relation.Owner => row.OwnerId,
            Relation.Creator => row.CreatorId,
            Relation.Group => row.GroupId,
            _ => row.CreatorGroupId,
        };

    private string Describe(ProcessRecord process, int count, Relation relation, IpcFacts facts, FamilyAge age)
    {
        var row = facts.Row;
        var who = Wording.Describe(process, count, host);
        return row.Key == 0
            ? $"{who} could still use it: {How(relation, row)}, "
                + $"and {Wording.Describe(age, process, $"the {facts.Noun} was last changed", host)}"
            : $"{who} could open it by its key: {How(relation, row)}";
    }

    private string How(Relation relation, IpcRow row) =>
        relation switch
        {
            Relation.Owner => "it runs as its owner",
            Relation.Creator => "it runs as its creator",
            Relation.Group => $"it runs in its group {host.Names.Group(row.GroupId)}",
            Relation.CreatorGroup => $"it runs in its creator's group {host.Names.Group(row.CreatorGroupId)}",
            _ => $"its threads and their users and groups could not be read {ExaminationBudget.InWords}",
        };

    private string Place(Relation relation, IpcRow row) =>
        relation switch
        {
            Relation.Owner or Relation.Creator => $"as {host.Names.User(IdOf(relation, row))}",
            Relation.Group or Relation.CreatorGroup => $"in group {host.Names.Group(IdOf(relation, row))}",
            _ => "as somebody who could not be found out in time",
        };

    private Relatives OfUser(uint id) =>
        _ofUser.TryGetValue(id, out var known) ? known : _ofUser[id] = new(host.Processes.OfUser(id), host);

    private Relatives OfGroup(uint id) =>
        _ofGroup.TryGetValue(id, out var known) ? known : _ofGroup[id] = new(MembersOf(id), host);

    // Those of root are in root's group for no other reason.
    private IReadOnlyList<ProcessRecord> MembersOf(uint group) =>
        group == 0
            ? [.. host.Processes.OfGroup(group).Where(process => process.Powers is null)]
            : host.Processes.OfGroup(group);

    /// <summary>The processes of one user or group that can reach the objects, by the age of their families.</summary>
    private sealed class Relatives
    {
        private readonly ProcessRecord[] _processes;
        private readonly double[] _familyStarts;

        internal Relatives(IReadOnlyList<ProcessRecord> processes, HostSnapshot host)
        {
            _processes =
            [
                .. processes.Where(process =>
                    !process.IsOutside(host.NamespaceId) && process.Id != host.Viewpoint.ProcessId
                ),
            ];
            HasOutsiders = processes.Any(process => process.IsOutside(host.NamespaceId));
            _familyStarts = Array.ConvertAll(_processes, process => host.Processes.FamilyOf(process).Start);
            Array.Sort(_familyStarts, _processes);
        }

        internal int Count => _processes.Length;

        internal ProcessRecord? Oldest => _processes is [var first, ..] ? first : null;

        /// <summary>There are others, in other IPC namespaces.</summary>
        internal bool HasOutsiders { get; }

        /// <summary>How many of them have a family that began at or before a time.</summary>
        internal int CountUntil(double latest) => SortedTimes.CountUntil(_familyStarts, latest);
    }
}
