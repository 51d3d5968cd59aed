using System.Buffers.Text;
using System.Globalization;
using System.Runtime.InteropServices;
using PSSysVIpc.Native;

namespace PSSysVIpc.Processes;

/// <summary>
/// Which processes wait in a call on IPC objects. The kernel counts them for each semaphore (GETNCNT and GETZCNT of
/// semctl(2)) and doesn't say who they are; but of a sleeping thread /proc/PID/task/TID/syscall shows the call and its
/// arguments (proc(5)), and the first one is the object's id.
/// </summary>
/// <param name="calls">The kind of objects.</param>
/// <param name="budget">What bounds the time.</param>
internal sealed class WaiterSearch(IpcCalls calls, ExaminationBudget budget)
{
    // Far more than the line of any call.
    private const int LargestLine = 1 << 12;

    private readonly int[] _numbers = Numbers(calls);

    /// <summary>
    /// The processes by the ids of the objects that they wait on. Those that we have no right to look into are missing,
    /// and those whose threads can't be read in time.
    /// </summary>
    internal IReadOnlyDictionary<int, WaitingThreads> Find(IEnumerable<ProcessRecord> processes) =>
        processes
            .SelectMany(process => ObjectsOf(process.Id).Select(id => (Id: id, Process: process)))
            .GroupBy(found => found.Id)
            .ToDictionary(
                found => found.Key,
                found => new WaitingThreads([.. found.Select(one => one.Process).Distinct()], found.Count())
            );

    // The calls that wait: semop and semtimedop (syscalls(2)). Where the numbers aren't known, nobody is named.
    private static int[] Numbers(IpcCalls calls) =>
        (calls, RuntimeInformation.ProcessArchitecture) switch
        {
            (IpcCalls.Semaphore, Architecture.X64) => [65, 220],
            (IpcCalls.Semaphore, Architecture.Arm64) => [193, 192],
            _ => [],
        };

    /// <summary>The objects that its threads wait on, one for each thread that does.</summary>
    // The kernel waits for a process that is just executing another program (proc_pid_syscall in fs/proc/base.c).
    private List<int> ObjectsOf(int processId)
    {
        var objects = new List<int>();
        return budget.TryExamineAside(deadline => Read(processId, objects, deadline)) ? objects : [];
    }

    private void Read(int processId, List<int> objects, Deadline deadline)
    {
        var file = new ProcFile();
        foreach (var (thread, _) in ProcFolder.Threads(processId) ?? [])
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/task/{thread}/syscall");
            if (ObjectOf(file.Read(path, out _, deadline, LargestLine)) is { } id)
                objects.Add(id);
        }
    }

    /// <summary>The object of a line such as <c>220 0x5 0x7ffe…</c>; null where it is another call, or none.</summary>
    private int? ObjectOf(ReadOnlySpan<byte> line)
    {
        if (
            !Utf8Parser.TryParse(line, out int call, out var length)
            || !_numbers.Contains(call)
            || !line[length..].StartsWith(" 0x"u8)
        )
            return null;
        return Utf8Parser.TryParse(line[(length + 3)..], out uint id, out _, 'x') ? (int)id : null;
    }
}
