using PSSysVIpc.Ipc;
using PSSysVIpc.Native;
using PSSysVIpc.Processes;

namespace PSSysVIpc.Status;

/// <summary>Unknown: what keeps us from seeing whether the object is used.</summary>
internal sealed class UnknownRules
{
    private static readonly Reason s_unmapped = new(
        "its owner or creator, or a group of theirs, lies outside this user namespace",
        "look from the machine itself (outside this container)"
    );

    private readonly HostSnapshot _host;
    private readonly Reason? _blindness;
    private readonly Dictionary<int, Reason> _unseen = [];
    private readonly Dictionary<(bool MayRead, int Mode), Reason> _unreadable = [];

    internal UnknownRules(HostSnapshot host)
    {
        _host = host;
        _blindness = Blindness();
    }

    /// <param name="reasons">Where to.</param>
    /// <param name="facts">The object.</param>
    /// <param name="unseen">How many processes may wait on it, for all that could be found out.</param>
    internal void AddTo(List<Reason> reasons, IpcFacts facts, int unseen)
    {
        if (unseen > 0)
            reasons.Add(Unseen(unseen));
        if (!facts.IsReadable)
            reasons.Add(Unreadable(facts.Row));
        if (_blindness is not null)
            reasons.Add(_blindness);
        if (IsUnmapped(facts.Row))
            reasons.Add(s_unmapped);
    }

    private Reason Unseen(int count) =>
        _unseen.TryGetValue(count, out var known)
            ? known
            : _unseen[count] = new(
                $"whether {Wording.Count(count, "process")} here {(count == 1 ? "waits" : "wait")} on it "
                    + $"could not be found out {ExaminationBudget.InWords}, or at all",
                "look again"
            );

    // What hides the processes hides them for every object.
    private Reason? Blindness()
    {
        if (!_host.Viewpoint.IsProcOurs)
        {
            return new(
                "other processes can't be seen: /proc belongs to another PID namespace",
                "look where /proc is that of this PID namespace"
            );
        }

        if (_host.Viewpoint.HidingOption is { } option)
            return new($"other users' processes can't be seen: /proc is mounted with {option}", Reason.LookAsRoot);
        return _host.Processes.Unreadable is > 0 and var count
            ? new($"{count} processes can't be read", Reason.LookAsRoot)
            : null;
    }

    private Reason Unreadable(IpcRow row)
    {
        var key = (MayRead: MayRead(row), row.Mode);
        if (_unreadable.TryGetValue(key, out var known))
            return known;
        var us = _host.Names.User(_host.Viewpoint.EffectiveUserId);
        return _unreadable[key] = key.MayRead
            ? new(
                $"who uses it can't be read, though user {us} has the right to: a seccomp filter or a security module "
                    + "refuses it",
                "look from where none does"
            )
            : new(
                $"who uses it can't be read: its mode is {IpcMode.Octal(row.Mode)} and this is user {us}",
                Reason.LookAsRoot
            );
    }

    // ipcperms in ipc/util.c. Whether we are in the group isn't known here: both must be let in.
    private bool MayRead(IpcRow row)
    {
        const int owner = 0x100,
            others = 0x24;
        var view = _host.Viewpoint;
        var isOwners = view.EffectiveUserId == row.OwnerId || view.EffectiveUserId == row.CreatorId;
        return view.MayReadAll || (isOwners ? (row.Mode & owner) != 0 : (row.Mode & others) == others);
    }

    // user_namespaces(7): ids that a user namespace has no name for all show as the overflow id.
    private bool IsUnmapped(IpcRow row) =>
        row.OwnerId == _host.Viewpoint.UnmappedUserId
        || row.CreatorId == _host.Viewpoint.UnmappedUserId
        || (
            row.IsOpenToGroup
            && (row.GroupId == _host.Viewpoint.UnmappedGroupId || row.CreatorGroupId == _host.Viewpoint.UnmappedGroupId)
        );
}
