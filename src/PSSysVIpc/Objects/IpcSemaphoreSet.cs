using PSSysVIpc.Status;

namespace PSSysVIpc;

/// <summary>A System V semaphore set as it was when it was read.</summary>
public sealed class IpcSemaphoreSet : IpcObject
{
    private readonly SemaphoreSetValues _values;

    internal IpcSemaphoreSet(in CommonValues common, in SemaphoreSetValues values)
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

    /// <summary>How many semaphores the set has.</summary>
    public int SemaphoreCount => _values.SemaphoreCount;

    /// <summary>When a process last operated on it (semop), in local time and whole seconds; null for never.</summary>
    public DateTime? LastOperationTime => _values.LastOperationTime;

    /// <summary>How many threads wait on it, as the kernel counts them; null where that can't be read.</summary>
    public int? WaitingCount => _values.WaitingCount;

    /// <summary>
    /// The processes that wait on it, each once; empty where none does, null where that can't be read. Those that the
    /// caller has no right to look into are missing: <see cref="IpcObject.StatusReason"/> says so where they are fewer
    /// than the kernel counts.
    /// </summary>
    public IpcList<IpcProcess>? WaitingProcesses => _values.WaitingProcesses;

    /// <summary>
    /// The processes that last operated on its semaphores, each once; empty where there are none or they can't be read.
    /// </summary>
    public IpcList<IpcProcess> LastProcesses => _values.LastProcesses;

    /// <summary>The single semaphores; null where they can't be read.</summary>
    public IpcList<IpcSemaphore>? Semaphores => _values.Semaphores;

    /// <summary>
    /// A short name of the set, such as <c>semaphore set 5 (key 0x00000000, owner www-data, Orphaned)</c>.
    /// </summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"semaphore set {Id} (key {KeyText}, owner {Owner}, {Status})";

    internal override string Extent => ExtentOf(SemaphoreCount);

    /// <summary>"1 semaphore"</summary>
    internal static string ExtentOf(int semaphores) => Wording.Count(semaphores, "semaphore");

    internal override bool HasSameContent(IpcObject other) =>
        other is IpcSemaphoreSet set && Contents(Semaphores).SequenceEqual(Contents(set.Semaphores));

    private static IEnumerable<(int Value, int? LastProcessId)> Contents(IpcList<IpcSemaphore>? semaphores) =>
        semaphores?.Select(semaphore => (semaphore.Value, semaphore.LastProcessId)) ?? [];
}
