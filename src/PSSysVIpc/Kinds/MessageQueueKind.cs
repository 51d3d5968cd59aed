using System.Runtime.InteropServices;
using PSSysVIpc.Accounts;
using PSSysVIpc.Ipc;
using PSSysVIpc.Native;
using PSSysVIpc.Processes;
using PSSysVIpc.Status;

namespace PSSysVIpc.Kinds;

/// <summary>Message queues.</summary>
internal sealed class MessageQueueKind(IpcKernel kernel) : IpcKind<IpcMessageQueue>(kernel)
{
    // struct msqid64_ds, alike on x86-64 (arch/x86) and arm64 (asm-generic/msgbuf.h).
    private static readonly IpcField[] s_fields =
    [
        new(new("qnum", 0, long.MaxValue), new(X64: 80, Arm64: 80)),
        new(new("cbytes", 0, long.MaxValue), new(X64: 72, Arm64: 72)),
        new(null, new(X64: 88, Arm64: 88)),
        new(new("lspid", 0, int.MaxValue), new(X64: 96, Arm64: 96, IsInt: true)),
        new(new("lrpid", 0, int.MaxValue), new(X64: 100, Arm64: 100, IsInt: true)),
        new(new("stime", 0, LastSecond), new(X64: 48, Arm64: 48)),
        new(new("rtime", 0, LastSecond), new(X64: 56, Arm64: 56)),
    ];

    private static readonly IpcList<IpcQueueWaiter> s_noWaiters = new([]);

    private readonly ProcessLists _processes = new();

    internal override string Resource => LimitTable.MessageQueue;

    internal override string Noun => "message queue";

    internal override string CmdletNoun => "IpcMessageQueue";

    internal override string[] IdentityProperties => [];

    internal override string[] ActivityProperties =>
        [
            nameof(IpcMessageQueue.MessageCount),
            nameof(IpcMessageQueue.UsedSize),
            nameof(IpcMessageQueue.LastSender),
            nameof(IpcMessageQueue.LastReceiver),
            nameof(IpcMessageQueue.SendTime),
            nameof(IpcMessageQueue.ReceiveTime),
        ];

    private protected override string Path => "/proc/sysvipc/msg";

    private protected override string IdColumn => "msqid";

    private protected override IpcField[] Fields => s_fields;

    private protected override StatOffset ChangeTime => new(X64: 64, Arm64: 64);

    internal override string Extent(IpcRow row) =>
        IpcMessageQueue.ExtentOf(((MessageQueueRow)row).MessageCount, ((MessageQueueRow)row).Bytes);

    internal override IpcMessageQueue Describe(IpcFacts facts, in Verdict verdict, AccountNames names) =>
        Describe(facts, verdict, names, messages: null);

    /// <summary>The same with some of its messages.</summary>
    internal IpcMessageQueue Describe(
        IpcFacts facts,
        in Verdict verdict,
        AccountNames names,
        IpcList<IpcMessage>? messages
    )
    {
        var queue = ((MessageQueueFacts)facts).Queue;
        return new(
            Common(facts, verdict, names),
            new()
            {
                MessageCount = queue.MessageCount,
                UsedSize = queue.Bytes,
                MaxSize = queue.MaxBytes == IpcField.Unknown ? null : queue.MaxBytes,
                LastSender = _processes.Find(queue.Sender, verdict.LastProcesses),
                LastReceiver = _processes.Find(queue.Receiver, verdict.LastProcesses),
                SendTime = ToTime(queue.SendTime),
                ReceiveTime = ToTime(queue.ReceiveTime),
                WaitingProcesses = ToWaiters(verdict.Waiters),
                Messages = messages,
            }
        );
    }

    // struct msginfo is seven ints and a short, of which MSG_INFO makes the first the number of queues (msgctl(2)).
    internal override int HighestIndex(out int count)
    {
        Span<int> info = stackalloc int[8];
        var highest = Kernel.MessageQueueControl(0, Libc.MSG_INFO, MemoryMarshal.AsBytes(info));
        count = info[0];
        return highest;
    }

    internal override int StatAny(int index, Span<byte> buffer) =>
        Kernel.MessageQueueControl(index, Libc.MSG_STAT_ANY, buffer);

    private protected override IpcRow MakeRow(IpcHead head, ReadOnlySpan<long> fields) =>
        new MessageQueueRow(
            head,
            MessageCount: fields[0],
            Bytes: fields[1],
            MaxBytes: fields[2],
            Sender: (int)fields[3],
            Receiver: (int)fields[4],
            SendTime: fields[5],
            ReceiveTime: fields[6]
        );

    private protected override int Stat(int id, Span<byte> buffer) =>
        Kernel.MessageQueueControl(id, Libc.IPC_STAT, buffer);

    private protected override int Remove(int id) => Kernel.MessageQueueControl(id, Libc.IPC_RMID, []);

    private protected override IpcFacts Ask(IpcRow row) => new MessageQueueFacts(row);

    // A process with several threads that want the same is shown once.
    private static IpcList<IpcQueueWaiter> ToWaiters(WaitingThreads waiters) =>
        waiters.Threads.Count == 0
            ? s_noWaiters
            : new([
                .. waiters
                    .Threads.Distinct()
                    .Select(thread => new IpcQueueWaiter(
                        thread.Process.Id,
                        thread.Process.Name,
                        thread.Direction.ToString(),
                        thread.MessageType
                    )),
            ]);
}
