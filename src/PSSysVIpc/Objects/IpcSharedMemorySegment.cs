using PSSysVIpc.Status;

namespace PSSysVIpc;

/// <summary>A System V shared memory segment as it was when it was read.</summary>
public sealed class IpcSharedMemorySegment : IpcObject
{
    private readonly SharedMemoryValues _values;

    internal IpcSharedMemorySegment(in CommonValues common, in SharedMemoryValues values)
        : base(common) => _values = values;

    /// <inheritdoc/>
    public override int Id => Common.Id;

    /// <inheritdoc/>
    public override uint Key => Common.Key;

    /// <inheritdoc/>
    public override string KeyText => Wording.Key(Key);

    /// <inheritdoc/>
    public override string Owner => Common.Rights.Owner;

    /// <inheritdoc/>
    public override uint OwnerId => Common.Rights.OwnerId;

    /// <inheritdoc/>
    public override string Group => Common.Rights.Group;

    /// <inheritdoc/>
    public override uint GroupId => Common.Rights.GroupId;

    /// <inheritdoc/>
    public override string Creator => Common.Rights.Creator;

    /// <inheritdoc/>
    public override uint CreatorId => Common.Rights.CreatorId;

    /// <inheritdoc/>
    public override string CreatorGroup => Common.Rights.CreatorGroup;

    /// <inheritdoc/>
    public override uint CreatorGroupId => Common.Rights.CreatorGroupId;

    /// <inheritdoc/>
    public override string Mode => Common.Rights.Mode;

    /// <inheritdoc/>
    public override string Permissions => Common.Rights.Permissions;

    /// <inheritdoc/>
    public override DateTime ChangeTime => Common.ChangeTime;

    /// <inheritdoc/>
    public override DateTime LastUsedTime => Common.LastUsedTime;

    /// <inheritdoc/>
    public override string Status => Common.Why.Status;

    /// <inheritdoc/>
    public override string StatusReason => Common.Why.Text;

    /// <inheritdoc/>
    public override ulong NamespaceId => Common.Origin.NamespaceId;

    /// <inheritdoc/>
    public override Guid BootId => Common.Origin.BootId;

    /// <summary>
    /// Its size in bytes, as it was asked for: the kernel gives whole pages. A segment can be far larger than the
    /// machine's memory, as only what is touched takes any.
    /// </summary>
    public long Size => _values.Size;

    /// <summary>
    /// How many times it is attached, as the kernel counts: by mappings, not by processes. A fork adds one, and so does
    /// a mapping that is split. 0 means that nobody uses it now.
    /// </summary>
    public long AttachCount => _values.AttachCount;

    /// <summary>
    /// The processes that are attached, by their numbers; null unless they were asked for (-IncludeProcess). Those that
    /// the caller has no right to look into, or that can't be seen from here, are missing:
    /// <see cref="IpcObject.StatusReason"/> says so.
    /// </summary>
    public IpcList<IpcAttachedProcess>? AttachedProcesses => _values.AttachedProcesses;

    /// <summary>The process that made it; null where it can't be seen from here.</summary>
    public IpcProcess? CreatorProcess => _values.CreatorProcess;

    /// <summary>
    /// The process that last attached it, was forked while attached, or detached. Null where none has, or it can't be
    /// seen from here. It is often one that has ended while others are attached.
    /// </summary>
    public IpcProcess? LastProcess => _values.LastProcess;

    /// <summary>When it was last attached, also by a fork, in local time and whole seconds; null for never.</summary>
    public DateTime? AttachTime => _values.AttachTime;

    /// <summary>When it was last detached, in local time and whole seconds; null for never.</summary>
    public DateTime? DetachTime => _values.DetachTime;

    /// <summary>
    /// How many bytes of it are in memory: 0 until somebody touches it. Null in what Remove-IpcSharedMemory returns,
    /// which doesn't ask for it, and where there is no /proc/sysvipc.
    /// </summary>
    public long? ResidentSize => _values.ResidentSize;

    /// <summary>How many bytes of it are swapped out; null in the same way.</summary>
    public long? SwappedSize => _values.SwappedSize;

    /// <summary>
    /// Whether it was removed already, and lives on only until the last process detaches. It has no key any more.
    /// </summary>
    public bool IsMarkedForRemoval => _values.IsMarkedForRemoval;

    /// <summary>Whether it may not be swapped out (SHM_LOCK).</summary>
    public bool IsLocked => _values.IsLocked;

    /// <summary>
    /// A short name of it, such as <c>shared memory segment 5 (key 0x0052e2c1, owner postgres, InUse)</c>.
    /// </summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"shared memory segment {Id} (key {KeyText}, owner {Owner}, {Status})";

    internal override string Extent => ExtentOf(Size);

    internal override bool IsRemovedAlready => IsMarkedForRemoval;

    internal override RemovalEffect Effect =>
        AttachCount == 0 ? default : new(Kept: 1, FreedKeys: Key == 0 ? 0 : 1, Messages: 0, Bytes: 0);

    /// <summary>"56 bytes"</summary>
    internal static string ExtentOf(long bytes) => Wording.Count(bytes, "byte");

    // All that there is stands in properties.
    internal override bool HasSameContent(IpcObject other) => true;
}
