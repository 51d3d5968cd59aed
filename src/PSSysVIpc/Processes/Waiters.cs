using System.Buffers.Text;
using System.Globalization;
using System.Runtime.InteropServices;
using PSSysVIpc.Native;

namespace PSSysVIpc.Processes;

/// <summary>
/// Which processes wait in a semaphore operation. The kernel counts them for each semaphore (GETNCNT and GETZCNT of
/// semctl(2)) and doesn't say who they are; but of a sleeping thread /proc/PID/task/TID/syscall shows the call and its
/// arguments (proc(5)), and the first one is the set's id.
/// </summary>
internal static class Waiters
{
    // semop and semtimedop (syscalls(2)). Where the numbers aren't known, nobody is named.
    private static readonly int[] s_calls = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => [65, 220],
        Architecture.Arm64 => [193, 192],
        _ => [],
    };

    // Far more than the line of any call.
    private const int LargestLine = 1 << 12;

    /// <summary>
    /// The processes by the ids of the sets that they wait on. Those that we have no right to look into are missing,
    /// and those whose threads can't be read in time.
    /// </summary>
    internal static IReadOnlyDictionary<int, WaitingThreads> OnSemaphores(
        IEnumerable<ProcessRecord> processes,
        ExaminationBudget budget
    ) =>
        processes
            .SelectMany(process => SetsOf(process.Id, budget).Select(set => (Set: set, Process: process)))
            .GroupBy(found => found.Set)
            .ToDictionary(
                found => found.Key,
                found => new WaitingThreads([.. found.Select(one => one.Process).Distinct()], found.Count())
            );

    /// <summary>The sets that its threads wait on, one for each thread that does.</summary>
    // The kernel waits for a process that is just executing another program (proc_pid_syscall in fs/proc/base.c).
    private static List<int> SetsOf(int processId, ExaminationBudget budget)
    {
        var sets = new List<int>();
        return budget.TryExamineAside(deadline => Read(processId, sets, deadline)) ? sets : [];
    }

    private static void Read(int processId, List<int> sets, Deadline deadline)
    {
        var file = new ProcFile();
        foreach (var (thread, _) in ProcFolder.Threads(processId) ?? [])
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/task/{thread}/syscall");
            if (SetOf(file.Read(path, out _, deadline, LargestLine)) is { } set)
                sets.Add(set);
        }
    }

    /// <summary>The set of a line such as <c>220 0x5 0x7ffe… …</c>; null where it is another call, or none.</summary>
    private static int? SetOf(ReadOnlySpan<byte> line)
    {
        if (
            !Utf8Parser.TryParse(line, out int call, out var length)
            || !s_calls.Contains(call)
            || !line[length..].StartsWith(" 0x"u8)
        )
            return null;
        return Utf8Parser.TryParse(line[(length + 3)..], out uint id, out _, 'x') ? (int)id : null;
    }
}
