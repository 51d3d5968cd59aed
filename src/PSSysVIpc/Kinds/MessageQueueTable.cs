using PSSysVIpc.Ipc;

namespace PSSysVIpc.Kinds;

/// <summary>The table of message queues (sysvipc_msg_proc_show in ipc/msg.c).</summary>
internal sealed class MessageQueueTable(IpcKernel kernel) : IpcTable(kernel)
{
    internal override string Resource => LimitTable.MessageQueue;

    internal override string Noun => "message queue";

    private protected override string Path => "/proc/sysvipc/msg";

    private protected override string IdColumn => "msqid";

    private protected override IpcField[] Fields => [];

    private protected override IpcRow MakeRow(IpcHead head, ReadOnlySpan<long> fields) => new Row(head);

    private sealed record Row(IpcHead Head) : IpcRow(Head)
    {
        // No limit is about all messages together.
        internal override ulong Size => 0;
    }
}
