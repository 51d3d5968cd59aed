using PSSysVIpc.Ipc;
using PSSysVIpc.Processes;

namespace PSSysVIpc.Status;

/// <summary>
/// Whom the kernel lets use an object, however he came by its id (ipcperms in ipc/util.c), or would if he took another
/// identity, as his capabilities let him (credentials(7), capabilities(7)).
/// </summary>
internal static class Access
{
    internal static bool MayOpen(ProcessRecord process, IpcRow row, HostSnapshot host) =>
        row.IsOpenToAll
        || process.UserIds.Contains(row.OwnerId)
        || process.UserIds.Contains(row.CreatorId)
        || (
            row.IsOpenToGroup
            && (process.GroupIds.Contains(row.GroupId) || process.GroupIds.Contains(row.CreatorGroupId))
        )
        || MayOpenAll(process, host)
        || MayBecomeAUser(process, row);

    /// <summary>Whether it may open every object of the namespace.</summary>
    internal static bool MayOpenAll(ProcessRecord process, HostSnapshot host) =>
        process.Powers is { } powers && powers.CountIn(host.Owners);

    /// <summary>Whether it may become somebody who may use the object.</summary>
    internal static bool MayBecomeAUser(ProcessRecord process, IpcRow row) =>
        process.Powers is { } powers
        && (
            powers.Users.Contains(row.OwnerId)
            || powers.Users.Contains(row.CreatorId)
            || (
                row.IsOpenToGroup && (powers.Groups.Contains(row.GroupId) || powers.Groups.Contains(row.CreatorGroupId))
            )
        );

    /// <summary>
    /// The latest start of a family that could have an object's id. Without a key, a program can in practice have it
    /// only from a process that was there when the object was made; with one it may be as young as it likes, as a
    /// server that was started again finds its object by that.
    /// </summary>
    internal static double LatestFamily(IpcRow row, HostSnapshot host) =>
        row.Key == 0 ? FamilyAge.Latest(row.ChangeTime, host) : double.PositiveInfinity;

    /// <summary>
    /// Whether root may use the object as its owner or by its group, as no other user's process can be told from.
    /// </summary>
    internal static bool IsRoots(IpcRow row) =>
        row.OwnerId == 0 || (row.IsOpenToGroup && (row.GroupId == 0 || row.CreatorGroupId == 0));
}
