using PSSysVIpc.Ipc;
using PSSysVIpc.Kinds;

namespace PSSysVIpc.Tests.Scenes;

/// <summary>
/// What the kernel says of a segment that never was: one that was made long ago by a process that has exited, was
/// attached and detached once by another, and has no key, unless told.
/// </summary>
internal sealed record SegmentScene : IFactsScene
{
    internal const int Creator = 4001;
    internal const int Last = 4002;
    private const int DetachedAgo = 3_000;
    private const int Destroyed = 0x200;

    private SharedMemoryRow _row = new(
        Scene.Head,
        Bytes: 4096,
        AttachCount: 0,
        Creator,
        Last,
        AttachTime: Scene.Now - DetachedAgo,
        DetachTime: Scene.Now - DetachedAgo,
        ResidentBytes: 0,
        SwappedBytes: 0
    );

    private bool _isRemovalForced;

    public IpcFacts Facts => new SharedMemoryFacts(_row, _isRemovalForced);

    internal SegmentScene With(Func<IpcHead, IpcHead> change) =>
        this with
        {
            _row = _row with { Head = change(_row.Head) },
        };

    internal SegmentScene WithKey(uint key = 0x5eed) => With(head => head with { Key = key });

    internal SegmentScene Attached(long times) => this with { _row = _row with { AttachCount = times } };

    internal SegmentScene NeverAttached() =>
        this with
        {
            _row = _row with { Last = 0, AttachTime = 0, DetachTime = 0 },
        };

    internal SegmentScene MadeBy(int process) => this with { _row = _row with { Creator = process } };

    internal SegmentScene LastUsedBy(int process) => this with { _row = _row with { Last = process } };

    /// <summary>As after IPC_RMID: it has lost its key.</summary>
    internal SegmentScene MarkedForRemoval() => With(head => head with { Key = 0, Flags = Destroyed });

    /// <summary>kernel.shm_rmid_forced is on.</summary>
    internal SegmentScene WithForcedRemoval() => this with { _isRemovalForced = true };
}
