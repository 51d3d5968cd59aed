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
internal sealed class WaiterSearch(IpcCalls calls, ExaminationBudget budget)
{
    // Far more than the line of any call.
    private const int LargestLine = 1 << 12;

    /// <summary>
    /// The threads by the ids of the objects that they wait on. Those that we have no right to look into are missing,
    /// and those whose threads can't be read in time.
    /// </summary>
    internal IReadOnlyDictionary<int, WaitingThreads> Find(IEnumerable<ProcessRecord> processes) =>
        processes
            .SelectMany(process =>
                CallsOf(process.Id)
                    .Select(call => (call.Id, Thread: new WaitingThread(process, call.Direction, call.MessageType)))
            )
            .GroupBy(found => found.Id, found => found.Thread)
            .ToDictionary(found => found.Key, found => new WaitingThreads([.. found]));

    /// <summary>What its threads wait in, one for each thread that does.</summary>
    // The kernel waits for a process that is just executing another program (proc_pid_syscall in fs/proc/base.c).
    private List<WaitingCall> CallsOf(int processId)
    {
        var found = new List<WaitingCall>();
        return budget.TryExamineAside(deadline => Read(processId, found, deadline)) ? found : [];
    }

    private void Read(int processId, List<WaitingCall> found, Deadline deadline)
    {
        var file = new ProcFile();
        foreach (var (thread, _) in ProcFolder.Threads(processId) ?? [])
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/task/{thread}/syscall");
            if (WaitingCall.Read(file.Read(path, out _, deadline, LargestLine)) is { } call && call.Calls == calls)
                found.Add(call);
        }
    }
}
