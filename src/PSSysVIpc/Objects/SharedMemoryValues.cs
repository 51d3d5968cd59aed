namespace PSSysVIpc;

/// <summary>What an <see cref="IpcSharedMemorySegment"/> is made from, beside what all objects have.</summary>
internal readonly record struct SharedMemoryValues
{
    internal required long Size { get; init; }
    internal required long AttachCount { get; init; }
    internal required IpcList<IpcAttachedProcess>? AttachedProcesses { get; init; }
    internal required IpcProcess? CreatorProcess { get; init; }
    internal required IpcProcess? LastProcess { get; init; }
    internal required DateTime? AttachTime { get; init; }
    internal required DateTime? DetachTime { get; init; }
    internal required long? ResidentSize { get; init; }
    internal required long? SwappedSize { get; init; }
    internal required bool IsMarkedForRemoval { get; init; }
    internal required bool IsLocked { get; init; }
}
