using System.Runtime.InteropServices;
using PSSysVIpc.Accounts;
using PSSysVIpc.Ipc;
using PSSysVIpc.Native;
using PSSysVIpc.Status;

namespace PSSysVIpc.Kinds;

/// <summary>Shared memory segments.</summary>
internal sealed class SharedMemoryKind(IpcKernel kernel) : IpcKind<IpcSharedMemorySegment>(kernel)
{
    // struct shmid64_ds, alike on x86-64 (arch/x86 has none of its own) and arm64 (asm-generic/shmbuf.h).
    private static readonly IpcField[] s_fields =
    [
        new(new("size", 0, long.MaxValue), new(X64: 48, Arm64: 48)),
        new(new("nattch", 0, long.MaxValue), new(X64: 88, Arm64: 88)),
        new(new("cpid", 0, int.MaxValue), new(X64: 80, Arm64: 80, IsInt: true)),
        new(new("lpid", 0, int.MaxValue), new(X64: 84, Arm64: 84, IsInt: true)),
        new(new("atime", 0, LastSecond), new(X64: 56, Arm64: 56)),
        new(new("dtime", 0, LastSecond), new(X64: 64, Arm64: 64)),
        new(new("rss", 0, long.MaxValue), null),
        new(new("swap", 0, long.MaxValue), null),
    ];

    private readonly Lazy<bool> _isRemovalForced = new(kernel.IsRemovalForced);
    private readonly ProcessLists _processes = new();

    internal override string Resource => LimitTable.SharedMemory;

    internal override string Noun => "shared memory segment";

    internal override string CmdletNoun => "IpcSharedMemory";

    internal override string[] IdentityProperties =>
        [nameof(IpcSharedMemorySegment.Size), nameof(IpcSharedMemorySegment.CreatorProcess)];

    internal override string[] ActivityProperties =>
        [
            nameof(IpcSharedMemorySegment.AttachCount),
            nameof(IpcSharedMemorySegment.LastProcess),
            nameof(IpcSharedMemorySegment.AttachTime),
            nameof(IpcSharedMemorySegment.DetachTime),
        ];

    private protected override string Path => "/proc/sysvipc/shm";

    private protected override string IdColumn => "shmid";

    private protected override IpcField[] Fields => s_fields;

    private protected override StatOffset ChangeTime => new(X64: 72, Arm64: 72);

    internal override string Extent(IpcRow row) => IpcSharedMemorySegment.ExtentOf(((SharedMemoryRow)row).Bytes);

    // The table tells all that SHM_STAT_ANY does, and what is in memory besides, of one moment for each.
    internal override List<IpcRow> Read()
    {
        try
        {
            return ReadTable();
        }
        catch (IpcUnavailableException)
        {
            return base.Read();
        }
    }

    internal override IpcSharedMemorySegment Describe(IpcFacts facts, in Verdict verdict, AccountNames names)
    {
        var segment = ((SharedMemoryFacts)facts).Segment;
        return new(
            Common(facts, verdict, names),
            new()
            {
                Size = segment.Bytes,
                AttachCount = segment.AttachCount,
                AttachedProcesses = verdict.Attachments is { } attachments ? ToProcesses(attachments) : null,
                CreatorProcess = _processes.Find(segment.Creator, verdict.LastProcesses),
                LastProcess = _processes.Find(segment.Last, verdict.LastProcesses),
                AttachTime = ToTime(segment.AttachTime),
                DetachTime = ToTime(segment.DetachTime),
                ResidentSize = ToSize(segment.ResidentBytes),
                SwappedSize = ToSize(segment.SwappedBytes),
                IsMarkedForRemoval = segment.IsMarkedForRemoval,
                IsLocked = segment.IsLocked,
            }
        );
    }

    // struct shm_info begins with how many segments there are (shmctl(2)).
    internal override int HighestIndex(out int count)
    {
        Span<int> info = stackalloc int[12];
        var highest = Kernel.SharedMemoryControl(0, Libc.SHM_INFO, MemoryMarshal.AsBytes(info));
        count = info[0];
        return highest;
    }

    internal override int StatAny(int index, Span<byte> buffer) =>
        Kernel.SharedMemoryControl(index, Libc.SHM_STAT_ANY, buffer);

    private protected override IpcRow MakeRow(IpcHead head, ReadOnlySpan<long> fields) =>
        new SharedMemoryRow(
            head,
            Bytes: fields[0],
            AttachCount: fields[1],
            Creator: (int)fields[2],
            Last: (int)fields[3],
            AttachTime: fields[4],
            DetachTime: fields[5],
            ResidentBytes: fields[6],
            SwappedBytes: fields[7]
        );

    private protected override int Stat(int id, Span<byte> buffer) =>
        Kernel.SharedMemoryControl(id, Libc.IPC_STAT, buffer);

    private protected override int Remove(int id) => Kernel.SharedMemoryControl(id, Libc.IPC_RMID, []);

    private protected override IpcFacts Ask(IpcRow row) => new SharedMemoryFacts(row, _isRemovalForced.Value);

    private static IpcList<IpcAttachedProcess> ToProcesses(Attachments attachments) =>
        new([
            .. attachments.Processes.Select(attached => new IpcAttachedProcess(
                attached.Process.Id,
                attached.Process.Name,
                attached.Count
            )),
        ]);

    private static long? ToSize(long bytes) => bytes == IpcField.Unknown ? null : bytes;
}
