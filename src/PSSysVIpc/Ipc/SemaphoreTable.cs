using Column = PSSysVIpc.Ipc.SysVTable.Column;

namespace PSSysVIpc.Ipc;

/// <summary>Reads the text of /proc/sysvipc/sem (sysvipc_sem_proc_show in ipc/sem.c).</summary>
internal static class SemaphoreTable
{
    internal const string Path = "/proc/sysvipc/sem";

    private static readonly Column[] s_columns =
    [
        new("key", int.MinValue, uint.MaxValue),
        new("semid", 0, int.MaxValue),
        new("perms", 0, 0xFFFF, Base: 8),
        new("nsems", 1, int.MaxValue),
        new("uid", 0, uint.MaxValue),
        new("gid", 0, uint.MaxValue),
        new("cuid", 0, uint.MaxValue),
        new("cgid", 0, uint.MaxValue),
        new("otime", 0, LastSecond),
        new("ctime", 0, LastSecond),
    ];

    // The last second of the year 9999, the last a DateTime can hold.
    private const long LastSecond = 253402300799;

    /// <summary>
    /// The rows by rising id, each id once: some kernels of 2020 listed a row twice (sysvipc_find_ipc in ipc/util.c).
    /// </summary>
    /// <exception cref="IpcBadDataException">The text is no such table.</exception>
    internal static SortedList<int, SemaphoreRow> Parse(ReadOnlySpan<byte> text)
    {
        var rows = new List<SemaphoreRow>();
        var table = new SysVTable(text, Path, s_columns);
        while (table.MoveNext())
        {
            rows.Add(
                new SemaphoreRow
                {
                    Key = unchecked((uint)table[0]),
                    Id = (int)table[1],
                    Mode = (int)table[2] & 0x1FF,
                    Count = (int)table[3],
                    OwnerId = (uint)table[4],
                    GroupId = (uint)table[5],
                    CreatorId = (uint)table[6],
                    CreatorGroupId = (uint)table[7],
                    OperationTime = table[8],
                    ChangeTime = table[9],
                }
            );
        }

        // The kernel lists by slot, not by id. Sorted first, each insertion below is at the end.
        rows.Sort((one, other) => one.Id.CompareTo(other.Id));
        var byId = new SortedList<int, SemaphoreRow>(rows.Count);
        foreach (var row in rows)
        {
            if (!byId.TryAdd(row.Id, row) && !IsSameSet(byId[row.Id], row))
                throw new IpcBadDataException(
                    $"{Path} can't be read: it lists two different sets with the id {row.Id}. No object was made from "
                        + "it.",
                    Path
                );
        }

        return byId;
    }

    // Between the two listings the set may have been operated on or changed.
    private static bool IsSameSet(SemaphoreRow one, SemaphoreRow other) =>
        (one.Key, one.Count, one.CreatorId, one.CreatorGroupId)
        == (other.Key, other.Count, other.CreatorId, other.CreatorGroupId);
}
