namespace PSSysVIpc.Ipc;

/// <summary>
/// What the kernel says of one object as a whole, as numbers: a row of its table, or the same from IPC_STAT. Two rows
/// are equal when all of it is: that is how a change is noticed.
/// </summary>
/// <param name="Head">What objects of every kind have.</param>
internal abstract record IpcRow(IpcHead Head)
{
    internal int Id => Head.Id;
    internal uint Key => Head.Key;
    internal int Mode => Head.Mode;
    internal uint OwnerId => Head.OwnerId;
    internal uint GroupId => Head.GroupId;
    internal uint CreatorId => Head.CreatorId;
    internal uint CreatorGroupId => Head.CreatorGroupId;
    internal long ChangeTime => Head.ChangeTime;

    /// <summary>
    /// What the object takes of the limit on all objects' contents together, as semaphores or pages. It never changes.
    /// </summary>
    internal abstract ulong Size { get; }

    /// <summary>The process that made it; 0 where the kernel doesn't keep that, or it is out of sight.</summary>
    internal virtual int CreatorProcessId => 0;

    /// <summary>Whether processes of its group may open it, to read or to write (sysvipc(7), permissions).</summary>
    internal bool IsOpenToGroup => (Mode & 0x30) != 0;

    /// <summary>Those groups; both null where its mode lets none in.</summary>
    internal (uint? Group, uint? CreatorGroup) OpenGroups => IsOpenToGroup ? (GroupId, CreatorGroupId) : (null, null);

    /// <summary>Whether every process may open it, to read or to write.</summary>
    internal bool IsOpenToAll => (Mode & 0x06) != 0;

    /// <summary>
    /// Whether this is another look at the same object, and not at one that got its id since. It may have been used
    /// or changed in between; a segment that is marked for removal has no key any more (do_shm_rmid in ipc/shm.c).
    /// </summary>
    internal bool IsSameObject(IpcRow other) =>
        (Id, CreatorId, CreatorGroupId, CreatorProcessId, Size)
            == (other.Id, other.CreatorId, other.CreatorGroupId, other.CreatorProcessId, other.Size)
        && (Key == other.Key || Key == 0 || other.Key == 0);
}
