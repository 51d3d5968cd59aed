namespace PSSysVIpc.Ipc;

/// <summary>
/// What the kernel's table says of one object, as numbers. Two rows are equal when all of it is: that is how a
/// change is noticed.
/// </summary>
internal abstract record IpcRow
{
    internal required int Id { get; init; }
    internal required uint Key { get; init; }

    /// <summary>The permission bits, 0 to 0777 (octal).</summary>
    internal required int Mode { get; init; }

    internal required uint OwnerId { get; init; }
    internal required uint GroupId { get; init; }
    internal required uint CreatorId { get; init; }
    internal required uint CreatorGroupId { get; init; }

    /// <summary>When it was made or last changed, in seconds since the epoch.</summary>
    internal required long ChangeTime { get; init; }

    /// <summary>What it holds, for use in a sentence: "1 semaphore".</summary>
    internal abstract string Extent { get; }

    /// <summary>Whether processes of its group may open it, to read or to write (sysvipc(7), permissions).</summary>
    internal bool IsOpenToGroup => (Mode & 0x30) != 0;

    /// <summary>Whether every process may open it, to read or to write.</summary>
    internal bool IsOpenToAll => (Mode & 0x06) != 0;
}

/// <summary>A row of /proc/sysvipc/sem, or the same from IPC_STAT.</summary>
internal sealed record SemaphoreRow : IpcRow
{
    /// <summary>How many semaphores the set has.</summary>
    internal required int Count { get; init; }

    /// <summary>When it was last operated on, in seconds since the epoch; 0 for never.</summary>
    internal required long OperationTime { get; init; }

    internal override string Extent => Count == 1 ? "1 semaphore" : $"{Count} semaphores";
}
