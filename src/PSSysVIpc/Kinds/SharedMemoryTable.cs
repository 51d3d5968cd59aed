using PSSysVIpc.Ipc;

namespace PSSysVIpc.Kinds;

/// <summary>The table of shared memory segments (sysvipc_shm_proc_show in ipc/shm.c).</summary>
internal sealed class SharedMemoryTable(IpcKernel kernel) : IpcTable(kernel)
{
    // shm_segsz of struct shmid64_ds (asm-generic/shmbuf.h).
    private static readonly IpcField[] s_fields = [new(new("size", 0, long.MaxValue), new(X64: 48, Arm64: 48))];

    internal override string Resource => LimitTable.SharedMemory;

    internal override string Noun => "shared memory segment";

    private protected override string Path => "/proc/sysvipc/shm";

    private protected override string IdColumn => "shmid";

    private protected override IpcField[] Fields => s_fields;

    private protected override IpcRow MakeRow(IpcHead head, ReadOnlySpan<long> fields) => new Row(head, fields[0]);

    private sealed record Row(IpcHead Head, long Bytes) : IpcRow(Head)
    {
        // Each takes whole pages, also where they are huge ones (newseg in ipc/shm.c).
        internal override ulong Size =>
            ((ulong)Bytes + (ulong)Environment.SystemPageSize - 1) / (ulong)Environment.SystemPageSize;
    }
}
