using PSSysVIpc.Ipc;
using PSSysVIpc.Native;
using PSSysVIpc.Status;

namespace PSSysVIpc.Kinds;

/// <summary>Everything that the kernel says of a segment.</summary>
/// <param name="Head">What objects of every kind have.</param>
/// <param name="Bytes">Its size, as it was asked for.</param>
/// <param name="AttachCount">How many times it is mapped.</param>
/// <param name="Creator">The process that made it; 0 where it is out of sight.</param>
/// <param name="Last">The process that last attached, was forked, or detached; 0 for none, or out of sight.</param>
/// <param name="AttachTime">When it was last attached, in seconds since the epoch; 0 for never.</param>
/// <param name="DetachTime">The same of the last detach.</param>
/// <param name="ResidentBytes">What of it is in memory; unknown where IPC_STAT was asked.</param>
/// <param name="SwappedBytes">What of it is swapped out; unknown in the same way.</param>
internal sealed record SharedMemoryRow(
    IpcHead Head,
    long Bytes,
    long AttachCount,
    int Creator,
    int Last,
    long AttachTime,
    long DetachTime,
    long ResidentBytes,
    long SwappedBytes
) : IpcRow(Head)
{
    // SHM_DEST and SHM_LOCKED of <linux/shm.h>.
    private const int Destroyed = 0x200;
    private const int Locked = 0x400;

    // Each takes whole pages, also where they are huge ones (newseg in ipc/shm.c).
    internal override ulong Size =>
        ((ulong)Bytes + (ulong)Environment.SystemPageSize - 1) / (ulong)Environment.SystemPageSize;

    internal override int CreatorProcessId => Creator;

    internal bool IsMarkedForRemoval => (Head.Flags & Destroyed) != 0;

    internal bool IsLocked => (Head.Flags & Locked) != 0;

    // What is in memory says nothing of a use: the kernel swaps as it likes.
    public bool Equals(SharedMemoryRow? other) =>
        other is not null
        && (Head, Bytes, AttachCount, Creator, Last, AttachTime, DetachTime)
            == (
                other.Head,
                other.Bytes,
                other.AttachCount,
                other.Creator,
                other.Last,
                other.AttachTime,
                other.DetachTime
            );

    public override int GetHashCode() => Head.GetHashCode();
}

/// <summary>What the kernel says of one segment, and how it treats those that nobody is attached to.</summary>
/// <param name="Row">The segment.</param>
/// <param name="IsRemovalForced">kernel.shm_rmid_forced is on.</param>
internal sealed record SharedMemoryFacts(IpcRow Row, bool IsRemovalForced) : IpcFacts(Row)
{
    private static readonly ProcessRole s_creator = new("creator", IsUse: false);
    private static readonly ProcessRole s_last = new("last process", IsUse: false);
    private static readonly ProcessRole s_both = new("creator and last process", IsUse: false);

    internal SharedMemoryRow Segment => (SharedMemoryRow)Row;

    internal override string Noun => "segment";

    internal override IpcCalls Calls => IpcCalls.SharedMemory;

    internal override long LastUse => Math.Max(Segment.AttachTime, Segment.DetachTime);

    // SHM_STAT_ANY and the table ask for no right.
    internal override bool IsReadable => true;

    internal override int? WaitingCount => 0;

    internal override long AttachCount => Segment.AttachCount;

    internal override bool IsMarkedForRemoval => Segment.IsMarkedForRemoval;

    // It was made before it was last changed.
    internal override RecordedProcess[] RecordedProcesses =>
        RecordedProcess.Of(new(Segment.Creator, s_creator, Row.ChangeTime), new(Segment.Last, s_last, LastUse), s_both);

    internal override bool IsUsedFromElsewhere =>
        Segment.Creator == 0 || (Segment.Last == 0 && Segment.AttachTime != 0);

    internal override bool IsOfOneMoment => true;

    internal override string Idleness =>
        Segment.DetachTime == 0
            ? "nobody was ever attached to it"
            : $"nobody is attached to it (the last one detached {Wording.Time(Segment.DetachTime)})";

    internal override string Unusedness => "who made it can't be seen from here";

    internal override string WhereAttachedAreTold =>
        $"(Get-IpcSharedMemory {Row.Id} -IncludeProcess).AttachedProcesses";

    internal override string? AttachedFate =>
        Segment.IsMarkedForRemoval ? $"it is marked for removal, and goes when {Last}"
        : IsRemovalForced ? $"as kernel.shm_rmid_forced is on, it goes by itself when {Last}"
        : null;

    internal override string? ForcedRemoval =>
        Segment.IsMarkedForRemoval ? null
        : Row.Key == 0 ? $"it stays until {Last}"
        : $"it stays until {Last}, but its key {Wording.Key(Row.Key)} is free at once, and a second "
            + "server could start beside the first (PostgreSQL keeps that out by such a key)";

    private string Last => AttachCount == 1 ? "it is detached" : "the last of them detaches";

    // shm_destroy_orphaned and exit_shm in ipc/shm.c.
    internal override (string Text, string Remedy)? Doubt =>
        IsRemovalForced && AttachCount == 0
            ? (
                "as kernel.shm_rmid_forced is on, it goes when its creator ends: so that lives, be it out of sight",
                Reason.FindItsProgram
            )
            : null;
}
