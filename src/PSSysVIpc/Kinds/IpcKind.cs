using PSSysVIpc.Accounts;
using PSSysVIpc.Ipc;
using PSSysVIpc.Native;
using PSSysVIpc.Status;

namespace PSSysVIpc.Kinds;

/// <summary>
/// One kind of IPC object in one IPC namespace: what differs between semaphore sets, shared memory and message
/// queues. Selection, status, identity and error rules are written once, on top of this.
/// </summary>
internal abstract class IpcKind
{
    private protected IpcKind(IpcKernel kernel) => Kernel = kernel;

    internal IpcKernel Kernel { get; }

    /// <summary>What it is called in a sentence: "semaphore set".</summary>
    internal abstract string Noun { get; }

    /// <summary>All objects, by rising id.</summary>
    internal abstract IEnumerable<IpcRow> ReadTable();

    /// <summary>One object as it is now; null when it isn't there.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="maximumAge">How old the answer may be where only the whole table tells.</param>
    internal abstract IpcRow? Find(int id, TimeSpan maximumAge);

    /// <summary>Reads what the table doesn't tell; null when the object is gone meanwhile.</summary>
    /// <param name="row">The object.</param>
    /// <param name="maximumAge">As for <see cref="Find"/>: the row is read again with the rest.</param>
    internal abstract IpcFacts? ReadFacts(IpcRow row, TimeSpan maximumAge);

    /// <summary>
    /// Finds out whether the kernel would let the caller remove an object, by the kernel's own rule: it can't be asked
    /// (ipcctl_obtain_check in ipc/util.c).
    /// </summary>
    /// <exception cref="IpcAccessDeniedException">It would not.</exception>
    internal void CheckMayRemove(IpcRow row, uint user, string subject, object target)
    {
        if (user != row.OwnerId && user != row.CreatorId && !Kernel.MayAdministrate())
            throw Errno.ToException(Errno.EPERM, subject, "removed", target);
    }

    /// <summary>Removes an object at once (IPC_RMID).</summary>
    /// <param name="id">Its id.</param>
    /// <param name="subject">What errors call it: "Semaphore set 5".</param>
    /// <param name="target">The errors' target.</param>
    /// <exception cref="IpcException">The kernel refused, or it is gone.</exception>
    internal abstract void Remove(int id, string subject, object target);
}

/// <summary>The same with what is made of an object.</summary>
/// <typeparam name="TObject">What the cmdlets return.</typeparam>
internal abstract class IpcKind<TObject> : IpcKind
    where TObject : IpcObject
{
    private protected IpcKind(IpcKernel kernel)
        : base(kernel) { }

    /// <summary>The snapshot that cmdlets return.</summary>
    internal abstract TObject Describe(IpcFacts facts, Verdict verdict, AccountNames names);

    /// <summary>What all kinds of objects have.</summary>
    private protected CommonValues Common(IpcFacts facts, Verdict verdict, AccountNames names) =>
        new()
        {
            Id = facts.Row.Id,
            Key = facts.Row.Key,
            KeyText = Wording.Key(facts.Row.Key),
            Owner = names.User(facts.Row.OwnerId),
            OwnerId = facts.Row.OwnerId,
            Group = names.Group(facts.Row.GroupId),
            GroupId = facts.Row.GroupId,
            Creator = names.User(facts.Row.CreatorId),
            CreatorId = facts.Row.CreatorId,
            CreatorGroup = names.Group(facts.Row.CreatorGroupId),
            CreatorGroupId = facts.Row.CreatorGroupId,
            Mode = IpcMode.Octal(facts.Row.Mode),
            Permissions = IpcMode.Permissions(facts.Row.Mode),
            ChangeTime = ToLocalTime(facts.Row.ChangeTime),
            LastUsedTime = ToLocalTime(facts.LastTouch),
            Status = verdict.Status,
            StatusReason = verdict.Reason,
            NamespaceId = Kernel.NamespaceId,
            BootId = Kernel.BootId,
            Extent = facts.Row.Extent,
            Grounds = verdict.Grounds,
        };

    private protected static DateTime ToLocalTime(long seconds) =>
        DateTimeOffset.FromUnixTimeSeconds(seconds).LocalDateTime;
}
