using PSSysVIpc.Ipc;
using PSSysVIpc.Native;

namespace PSSysVIpc.Kinds;

/// <summary>
/// Reads all objects of a kind by their places in the kernel's array (SEM_STAT_ANY of semctl(2), since Linux 4.17): in
/// half the time of the table, which is text. Like the table it needs no right on any of them, and is no more one
/// moment than that is.
/// </summary>
internal static class IndexedRead
{
    // An empty place costs as much as a full one; with many, the table is read sooner.
    private const int MostPlacesPerObject = 4;

    private const int Attempts = 2;

    /// <summary>The objects, in the order of their places; null where the table has to be read.</summary>
    internal static List<IpcRow>? TryRead(IpcKind kind)
    {
        if (!StatOffset.IsKnown)
            return null;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var highest = kind.HighestIndex(out var count);
            // With the longest ids there are millions of places (ipcmni_extend).
            if (highest < 0 || highest / MostPlacesPerObject > count)
                return null;
            if (TryRead(kind, highest, count) is not { } rows)
                return null;
            // EINVAL is an empty place, and what an older kernel says to the command: the kernel's count tells.
            if (rows.Count == count || (kind.HighestIndex(out count) >= 0 && rows.Count == count))
                return rows;
        }

        return null;
    }

    // Never beyond the highest: the kernel takes the place modulo the largest there can be.
    private static List<IpcRow>? TryRead(IpcKind kind, int highest, int count)
    {
        var places = new IpcRow?[highest + 1];
        if (
            !SharedReading.TryForEach(kind, places.Length, (reader, index) => TryRead(reader, index, out places[index]))
        )
            return null;
        var rows = new List<IpcRow>(count);
        foreach (var row in places)
        {
            if (row is not null)
                rows.Add(row);
        }

        return rows;
    }

    /// <returns>False where it can't be told what is there.</returns>
    private static bool TryRead(IpcKind kind, int index, out IpcRow? row)
    {
        Span<byte> stat = stackalloc byte[StatOffset.LargestStructure];
        var id = kind.StatAny(index, stat);
        row = id >= 0 ? kind.FromStat(id, stat) : null;
        return id >= 0 || Errno.IsGone(Libc.LastError);
    }
}
