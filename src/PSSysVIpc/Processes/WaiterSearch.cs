using System.Globalization;
using PSSysVIpc.Native;

namespace PSSysVIpc.Processes;

/// <summary>
/// Which processes wait in a call on IPC objects. The kernel counts those that wait on a semaphore (GETNCNT and GETZCNT
/// of semctl(2)), but not those that wait on a queue, and says of none who they are; a sleeping thread's call and its
/// arguments do.
/// </summary>
/// <param name="calls">The kind of objects.</param>
/// <param name="budget">What bounds the time.</param>
/// <param name="mayTraceAll">Whether we have the right to look into every process.</param>
internal sealed class WaiterSearch(IpcCalls calls, ExaminationBudget budget, bool mayTraceAll)
{
    // Far more than the line of any call.
    private const int LargestLine = 1 << 12;

    internal WaiterFindings Find(IEnumerable<ProcessRecord> processes)
    {
        var found = new List<(int Id, WaitingThread Thread)>();
        var unseen = 0;
        foreach (var process in processes)
        {
            // Where init shields itself even from root, nothing would ever be known.
            if (CallsOf(process.Id) is not { } waiting)
                unseen += process.Id == 1 ? 0 : 1;
            else
                found.AddRange(
                    waiting.Select(call => (call.Id, new WaitingThread(process, call.Direction, call.MessageType)))
                );
        }

        return new(
            found
                .GroupBy(one => one.Id, one => one.Thread)
                .ToDictionary(one => one.Key, one => new WaitingThreads([.. one])),
            unseen
        );
    }

    /// <summary>
    /// What its threads wait in, one for each thread that does; null where that can't be told, not in time or at all.
    /// Of those that we have no right to look into, none is known.
    /// </summary>
    // The kernel waits for a process that is just executing another program (proc_pid_syscall in fs/proc/base.c).
    private List<WaitingCall>? CallsOf(int processId)
    {
        var found = new List<WaitingCall>();
        var isWhole = true;
        return
            budget.TryExamineAside(deadline => isWhole = TryRead(processId, found, deadline))
            && (isWhole || !mayTraceAll)
            ? found
            : null;
    }

    private bool TryRead(int processId, List<WaitingCall> found, Deadline deadline)
    {
        var file = new ProcFile();
        var isWhole = true;
        foreach (var (thread, _) in ProcFolder.Threads(processId) ?? [])
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/task/{thread}/syscall");
            var line = file.Read(path, out var errno, deadline, LargestLine);
            isWhole &= errno == 0 ? !line.IsEmpty : Errno.HasEnded(errno);
            if (WaitingCall.Read(line) is { } call && call.Calls == calls)
                found.Add(call);
        }

        return isWhole;
    }
}
