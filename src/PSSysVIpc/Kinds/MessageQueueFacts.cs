using PSSysVIpc.Ipc;
using PSSysVIpc.Native;

namespace PSSysVIpc.Kinds;

/// <summary>Everything that the kernel says of a message queue.</summary>
/// <param name="Head">What objects of every kind have.</param>
/// <param name="MessageCount">How many messages are in it.</param>
/// <param name="Bytes">How many bytes those have together.</param>
/// <param name="MaxBytes">How many there may be; unknown where the table was read.</param>
/// <param name="Sender">The process that last sent one; 0 for none, or out of sight.</param>
/// <param name="Receiver">The process that last received one; 0 in the same way.</param>
/// <param name="SendTime">When, in seconds since the epoch; 0 for never.</param>
/// <param name="ReceiveTime">When, in the same way.</param>
internal sealed record MessageQueueRow(
    IpcHead Head,
    long MessageCount,
    long Bytes,
    long MaxBytes,
    int Sender,
    int Receiver,
    long SendTime,
    long ReceiveTime
) : IpcRow(Head)
{
    // No limit is about all messages together.
    internal override ulong Size => 0;

    // The room is not always told, and to set it moves the time of the last change.
    public bool Equals(MessageQueueRow? other) =>
        other is not null
        && (Head, MessageCount, Bytes, Sender, Receiver, SendTime, ReceiveTime)
            == (
                other.Head,
                other.MessageCount,
                other.Bytes,
                other.Sender,
                other.Receiver,
                other.SendTime,
                other.ReceiveTime
            );

    public override int GetHashCode() => Head.GetHashCode();
}

/// <summary>What the kernel says of one queue. Who waits on it, it doesn't.</summary>
/// <param name="Row">The queue.</param>
internal sealed record MessageQueueFacts(IpcRow Row) : IpcFacts(Row)
{
    private static readonly ProcessRole s_sender = new("last sender", IsUse: true);
    private static readonly ProcessRole s_receiver = new("last receiver", IsUse: true);
    private static readonly ProcessRole s_both = new("last sender and receiver", IsUse: true);

    internal MessageQueueRow Queue => (MessageQueueRow)Row;

    internal override string Noun => "queue";

    internal override IpcCalls Calls => IpcCalls.MessageQueue;

    internal override long LastUse => Math.Max(Queue.SendTime, Queue.ReceiveTime);

    // MSG_STAT_ANY and the table ask for no right.
    internal override bool IsReadable => true;

    internal override int? WaitingCount => null;

    internal override RecordedProcess[] RecordedProcesses =>
        RecordedProcess.Of(
            new(Queue.Sender, s_sender, Queue.SendTime),
            new(Queue.Receiver, s_receiver, Queue.ReceiveTime),
            s_both
        );

    internal override bool IsUsedFromElsewhere =>
        (Queue.Sender == 0 && Queue.SendTime != 0) || (Queue.Receiver == 0 && Queue.ReceiveTime != 0);

    internal override bool IsOfOneMoment => true;

    internal override string Unusedness => "nobody has sent or received a message";

    // They are data: whoever sent them may count on somebody who comes back for them.
    internal override (string Text, string Remedy)? Doubt =>
        Queue.MessageCount == 0
            ? null
            : (
                $"it holds {IpcMessageQueue.ExtentOf(Queue.MessageCount, Queue.Bytes)}, which nobody has read",
                $"look at them with (Get-IpcMessageQueue {Row.Id} -IncludeMessage 10).Messages"
            );
}
