namespace PSSysVIpc;

/// <summary>What an <see cref="IpcMessageQueue"/> is made from, beside what all objects have.</summary>
internal readonly record struct MessageQueueValues
{
    internal required long MessageCount { get; init; }
    internal required long UsedSize { get; init; }
    internal required long? MaxSize { get; init; }
    internal required IpcProcess? LastSender { get; init; }
    internal required IpcProcess? LastReceiver { get; init; }
    internal required DateTime? SendTime { get; init; }
    internal required DateTime? ReceiveTime { get; init; }
    internal required IpcList<IpcQueueWaiter> WaitingProcesses { get; init; }
    internal required IpcList<IpcMessage>? Messages { get; init; }
}
