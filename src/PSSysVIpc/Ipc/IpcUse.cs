using Column = PSSysVIpc.Ipc.SysVTable.Column;

namespace PSSysVIpc.Ipc;

/// <summary>
/// What is there of each kind of System V IPC, as the kernel counts it against its limits. Each table is read when it
/// is first asked for, on the calling thread, and once: what is said of one kind is from one moment.
/// </summary>
internal sealed class IpcUse(IpcKernel kernel)
{
    private readonly Lazy<List<long>> _sets = new(() =>
        Read(kernel, SemaphoreTable.Path, "semid", new("nsems", 1, int.MaxValue))
    );
    private readonly Lazy<List<long>> _segments = new(() =>
        Read(kernel, "/proc/sysvipc/shm", "shmid", new("size", 0, long.MaxValue))
    );
    private readonly Lazy<List<long>> _queues = new(() =>
        Read(kernel, "/proc/sysvipc/msg", "msqid", new("qnum", 0, long.MaxValue))
    );

    internal ulong Sets => (ulong)_sets.Value.Count;

    /// <summary>The semaphores of all sets.</summary>
    internal ulong Semaphores => (ulong)_sets.Value.Sum();

    internal ulong Segments => (ulong)_segments.Value.Count;

    /// <summary>
    /// The memory of all segments: each takes whole pages, also where they are huge ones (newseg in ipc/shm.c).
    /// </summary>
    internal ulong Pages
    {
        get
        {
            var page = (ulong)Environment.SystemPageSize;
            return _segments.Value.Aggregate(0UL, (pages, size) => pages + ((ulong)size + page - 1) / page);
        }
    }

    internal ulong Queues => (ulong)_queues.Value.Count;

    /// <summary>How large each object is.</summary>
    /// <exception cref="IpcUnavailableException">There is no such table here.</exception>
    /// <exception cref="IpcBadDataException">The text is no such table.</exception>
    private static List<long> Read(IpcKernel kernel, string path, string id, Column size)
    {
        var ids = new HashSet<long>();
        var sizes = new List<long>();
        var table = new SysVTable(kernel.ReadTable(path), path, [new(id, 0, int.MaxValue), size]);
        while (table.MoveNext())
        {
            // Some kernels of 2020 listed a row twice (sysvipc_find_ipc in ipc/util.c).
            if (ids.Add(table[0]))
                sizes.Add(table[1]);
        }

        return sizes;
    }
}
