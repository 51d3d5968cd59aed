using PSSysVIpc.Status;

namespace PSSysVIpc;

/// <summary>A System V message queue as it was when it was read.</summary>
public sealed class IpcMessageQueue : IpcObject
{
    private readonly MessageQueueValues _values;

    internal IpcMessageQueue(in CommonValues common, in MessageQueueValues values)
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

    /// <summary>How many messages are in it, which nobody has received yet.</summary>
    public long MessageCount => _values.MessageCount;

    /// <summary>How many bytes these have together.</summary>
    public long UsedSize => _values.UsedSize;

    /// <summary>
    /// How many bytes they may have together (msg_qbytes). Who wants to send more has to wait. Null where the kernel
    /// doesn't tell it (before Linux 4.17).
    /// </summary>
    public long? MaxSize => _values.MaxSize;

    /// <summary>The process that last sent a message; null where none has, or it can't be seen from here.</summary>
    public IpcProcess? LastSender => _values.LastSender;

    /// <summary>The process that last received a message; null where none has, or it can't be seen from here.</summary>
    public IpcProcess? LastReceiver => _values.LastReceiver;

    /// <summary>When a message was last sent, in local time and whole seconds; null for never.</summary>
    public DateTime? SendTime => _values.SendTime;

    /// <summary>When a message was last received, in local time and whole seconds; null for never.</summary>
    public DateTime? ReceiveTime => _values.ReceiveTime;

    /// <summary>
    /// The processes that wait for a message, or for room to send one; empty where none is seen. The kernel doesn't
    /// count them: those that the caller has no right to look into are missing.
    /// </summary>
    public IpcList<IpcQueueWaiter> WaitingProcesses => _values.WaitingProcesses;

    /// <summary>
    /// The first messages; null unless they were asked for (-IncludeMessage), and where they can't be read.
    /// </summary>
    public IpcList<IpcMessage>? Messages => _values.Messages;

    /// <summary>
    /// A short name of it, such as <c>message queue 5 (key 0x00000000, owner www-data, Stale)</c>.
    /// </summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"message queue {Id} (key {KeyText}, owner {Owner}, {Status})";

    internal override string Extent => ExtentOf(MessageCount, UsedSize);

    internal override RemovalEffect Effect => new(Kept: 0, FreedKeys: 0, MessageCount, UsedSize);

    /// <summary>"3 messages of 120 bytes"</summary>
    internal static string ExtentOf(long messages, long bytes) =>
        messages == 0 ? "no messages" : $"{Wording.Count(messages, "message")} of {Wording.Count(bytes, "byte")}";

    // All that there is stands in properties.
    internal override bool HasSameContent(IpcObject other) => true;
}
