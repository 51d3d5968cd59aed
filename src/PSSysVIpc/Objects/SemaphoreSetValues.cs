namespace PSSysVIpc;

/// <summary>What an <see cref="IpcSemaphoreSet"/> is made from, beside what all objects have.</summary>
internal readonly record struct SemaphoreSetValues
{
    internal required int SemaphoreCount { get; init; }
    internal required DateTime? LastOperationTime { get; init; }
    internal required int? WaitingCount { get; init; }
    internal required IpcList<IpcProcess>? WaitingProcesses { get; init; }
    internal required IpcList<IpcProcess> LastProcesses { get; init; }
    internal required IpcList<IpcSemaphore>? Semaphores { get; init; }
}
