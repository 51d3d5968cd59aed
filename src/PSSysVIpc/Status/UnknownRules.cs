using PSSysVIpc.Ipc;
using PSSysVIpc.Processes;

namespace PSSysVIpc.Status;

/// <summary>Unknown: what keeps us from seeing whether the object is used.</summary>
internal static class UnknownRules
{
    private const string BeOutside = "look from the machine itself (outside this container)";

    internal static void AddTo(List<Reason> reasons, IpcFacts facts, HostSnapshot host)
    {
        var view = host.Viewpoint;
        var row = facts.Row;
        if (!facts.IsReadable)
        {
            var us = host.Names.User(view.EffectiveUserId);
            reasons.Add(
                MayRead(row, view)
                    ? new(
                        $"who uses it can't be read, though user {us} has the right to: a seccomp filter or a security "
                            + "module refuses it",
                        "look from where none does"
                    )
                    : new(
                        $"who uses it can't be read: its mode is {IpcMode.Octal(row.Mode)} and this is user {us}",
                        Reason.LookAsRoot
                    )
            );
        }

        if (!view.IsProcOurs)
        {
            reasons.Add(
                new(
                    "other processes can't be seen: /proc belongs to another PID namespace",
                    "look where /proc is that of this PID namespace"
                )
            );
        }
        else if (view.HidingOption is { } option)
        {
            reasons.Add(
                new($"other users' processes can't be seen: /proc is mounted with {option}", Reason.LookAsRoot)
            );
        }
        else if (host.Processes.Unreadable > 0)
        {
            reasons.Add(new($"{host.Processes.Unreadable} processes can't be read", Reason.LookAsRoot));
        }

        if (IsUnmapped(row, view))
            reasons.Add(new("its owner or creator, or a group of theirs, lies outside this user namespace", BeOutside));
    }

    // ipcperms in ipc/util.c. Whether we are in the group isn't known here: both must be let in.
    private static bool MayRead(IpcRow row, Viewpoint view)
    {
        const int owner = 0x100,
            others = 0x24;
        var isOwners = view.EffectiveUserId == row.OwnerId || view.EffectiveUserId == row.CreatorId;
        return view.MayReadAll || (isOwners ? (row.Mode & owner) != 0 : (row.Mode & others) == others);
    }

    // user_namespaces(7): ids that a user namespace has no name for all show as the overflow id.
    private static bool IsUnmapped(IpcRow row, Viewpoint view) =>
        row.OwnerId == view.UnmappedUserId
        || row.CreatorId == view.UnmappedUserId
        || (row.IsOpenToGroup && (row.GroupId == view.UnmappedGroupId || row.CreatorGroupId == view.UnmappedGroupId));
}
