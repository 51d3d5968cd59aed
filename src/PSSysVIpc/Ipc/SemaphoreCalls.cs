using System.Diagnostics;
using PSSysVIpc.Native;

namespace PSSysVIpc.Ipc;

/// <summary>The semaphore calls of one IPC namespace.</summary>
internal sealed class SemaphoreCalls(IpcKernel kernel)
{
    private SortedList<int, SemaphoreRow>? _table;
    private long _tableTime;

    /// <summary>All sets, by rising id. Needs no right on any of them.</summary>
    /// <exception cref="IpcUnavailableException">There is no such table here.</exception>
    internal SortedList<int, SemaphoreRow> ReadTable() => SemaphoreTable.Parse(kernel.ReadTable(SemaphoreTable.Path));

    /// <summary>One set as it is now; null when it isn't there.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="maximumAge">Where it may not be asked about by itself, it is looked up in the table. How old that
    /// table may be: reading it again for each of many sets would take hours.</param>
    internal SemaphoreRow? Find(int id, TimeSpan maximumAge)
    {
        if (SemidLayout.IsKnown)
        {
            Span<byte> buffer = stackalloc byte[SemidLayout.BufferSize];
            if (kernel.SemaphoreControl(id, Libc.IPC_STAT, buffer) >= 0)
                return SemidLayout.Decode(id, buffer);
            var errno = Libc.LastError;
            if (Errno.IsGone(errno))
                return null;
            if (!Errno.IsDenied(errno))
                throw Errno.ToException(errno, Subject(id), "read", id);
        }

        if (_table is null || Stopwatch.GetElapsedTime(_tableTime) >= maximumAge)
        {
            _tableTime = Stopwatch.GetTimestamp();
            _table = ReadTable();
        }

        return _table.GetValueOrDefault(id);
    }

    /// <summary>The set's semaphores; null where we may not read them.</summary>
    /// <param name="row">The set.</param>
    /// <param name="states">Its semaphores, one call each: GETALL takes no length, and an id that meanwhile names a
    /// larger set would overrun the buffer.</param>
    /// <returns>False when the set is gone, or has become another under the same id.</returns>
    internal bool TryReadStates(SemaphoreRow row, out SemaphoreState[]? states)
    {
        var read = new SemaphoreState[row.Count];
        states = null;
        for (var number = 0; number < read.Length; number++)
        {
            var value = kernel.SemaphoreControl(row.Id, number, Libc.GETVAL);
            var process = value < 0 ? -1 : kernel.SemaphoreControl(row.Id, number, Libc.GETPID);
            var increase = process < 0 ? -1 : kernel.SemaphoreControl(row.Id, number, Libc.GETNCNT);
            var zero = increase < 0 ? -1 : kernel.SemaphoreControl(row.Id, number, Libc.GETZCNT);
            if (zero < 0)
            {
                var errno = Libc.LastError;
                return Errno.IsDenied(errno)
                    || (Errno.IsGone(errno) ? false : throw Errno.ToException(errno, Subject(row.Id), "read", row.Id));
            }

            read[number] = new SemaphoreState(value, process, increase, zero);
        }

        states = read;
        return true;
    }

    /// <summary>Removes the set at once.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="subject">What errors call it.</param>
    /// <param name="target">The errors' target.</param>
    /// <exception cref="IpcException">The kernel refused, or it is gone.</exception>
    internal void Remove(int id, string subject, object target)
    {
        if (kernel.SemaphoreControl(id, 0, Libc.IPC_RMID) < 0)
            throw Errno.ToException(Libc.LastError, subject, "removed", target);
    }

    private static string Subject(int id) => $"Semaphore set {id}";
}
