namespace PSSysVIpc.Ipc;

/// <summary>One semaphore of a set, as the kernel tells it at one moment.</summary>
internal readonly record struct SemaphoreState(
    int Value,
    int LastProcessId,
    int WaitingForIncrease,
    int WaitingForZero
);
