using System.Buffers.Binary;
using PSSysVIpc.Ipc;
using PSSysVIpc.Native;

namespace PSSysVIpc.Kinds;

/// <summary>Looks at messages, and leaves them as they are.</summary>
internal static class MessageReader
{
    private const int TypeSize = sizeof(long);
    private const int FirstRoom = 8192;
    private const long Growth = 16;
    private const string MessageLimit = "kernel.msgmax";

    /// <summary>The first messages of a queue, one look at each: it can change in between.</summary>
    /// <param name="kernel">Where it is.</param>
    /// <param name="facts">The queue.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="stop">Ends it: of very many, each look takes longer than the one before.</param>
    /// <exception cref="IpcException">They can't be read.</exception>
    internal static IpcList<IpcMessage> Read(
        IpcKernel kernel,
        MessageQueueFacts facts,
        int count,
        CancellationToken stop
    )
    {
        var queue = facts.Queue;
        var longest = (long)kernel.Sysctls.Read(MessageLimit)[0];
        // None can be longer than all of them together were. The kernel copies as much as there is room for, each time.
        var most = Math.Min(longest, queue.Bytes);
        var buffer = MakeBuffer(Math.Min(most, FirstRoom), queue.Id);
        var messages = new List<IpcMessage>();
        // Those that are sent meanwhile would never end.
        while (messages.Count < Math.Min(count, queue.MessageCount))
        {
            stop.ThrowIfCancellationRequested();
            var length = kernel.CopyMessage(queue.Id, messages.Count, buffer);
            if (length >= 0)
            {
                var type = BinaryPrimitives.ReadInt64LittleEndian(buffer);
                messages.Add(new(messages.Count, type, buffer.AsSpan(TypeSize, (int)length)));
                continue;
            }

            var errno = Libc.LastError;
            if (errno == Errno.ENOMSG)
                break;
            var room = buffer.Length - TypeSize;
            // Beyond the most only where a longer one was sent meanwhile.
            if (errno == Errno.E2BIG && room < longest)
                buffer = MakeBuffer(room < most ? Math.Min(most, room * Growth) : longest, queue.Id);
            else
                throw ToException(errno, kernel, queue, messages.Count);
        }

        return new([.. messages]);
    }

    private static byte[] MakeBuffer(long bytes, int id) =>
        bytes <= Array.MaxLength - TypeSize
            ? new byte[TypeSize + bytes]
            : throw new IpcUnavailableException(
                $"The messages of message queue {id} can't be looked at: that takes a buffer of {bytes} bytes, which "
                    + "is too much.",
                id
            );

    // do_msgrcv in ipc/msg.c and load_msg in ipc/msgutil.c.
    private static IpcException ToException(int errno, IpcKernel kernel, MessageQueueRow queue, int index)
    {
        var subject = $"The messages of message queue {queue.Id}";
        if (errno == Errno.EACCES)
            return new IpcAccessDeniedException(
                $"{subject} could not be read: that takes the right to read it (its mode is "
                    + $"{IpcMode.Octal(queue.Mode)}), or root (CAP_IPC_OWNER). All else about it is shown.",
                queue.Id
            );
        if (errno == Errno.ENOSYS)
            return new IpcUnavailableException(
                $"{subject} can't be looked at without taking them out: this kernel was built without "
                    + "CONFIG_CHECKPOINT_RESTORE, which MSG_COPY needs (msgrcv(2)).",
                queue.Id
            );
        Span<byte> stat = stackalloc byte[StatOffset.LargestStructure];
        // The same error says that the queue is gone, and that a message is longer than the limit by now.
        return errno is Errno.EINVAL or Errno.E2BIG && kernel.MessageQueueControl(queue.Id, Libc.IPC_STAT, stat) >= 0
            ? new IpcUnavailableException(
                $"{subject} could not be read from number {index} on: it is longer than {MessageLimit} allows by now "
                    + "(MSGMAX of Get-IpcLimit).",
                queue.Id
            )
            : Errno.ToException(errno, $"Message queue {queue.Id}", "read", queue.Id);
    }
}
