using System.Buffers.Text;
using System.Globalization;
using System.Runtime.InteropServices;

namespace PSSysVIpc.Kernel;

/// <summary>
/// Which processes sleep in a semaphore operation. The kernel counts them for each semaphore and doesn't say who they
/// are; but of a sleeping thread it shows the call and its arguments, and the first one is the set's id.
/// </summary>
internal static class Sleepers
{
    // semop and semtimedop. Where the numbers aren't known, nobody is named.
    private static readonly int[] s_calls = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => [65, 220],
        Architecture.Arm64 => [193, 192],
        _ => [],
    };

    /// <summary>The processes by the ids of the sets that they wait on. Those that we have no right to look into are missing.</summary>
    internal static ILookup<int, ProcessRecord> OnSemaphores(IEnumerable<ProcessRecord> processes)
    {
        var file = new ProcFile();
        return processes
            .SelectMany(process => SetsOf(process.Id, file).Select(set => (Set: set, Process: process)))
            .ToLookup(found => found.Set, found => found.Process);
    }

    private static IEnumerable<int> SetsOf(int processId, ProcFile file)
    {
        var folder = string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/task");
        return (ProcFolder.List(folder) ?? [])
            .Select(thread => SetOf(file.Read(string.Create(CultureInfo.InvariantCulture, $"{folder}/{thread.Id}/syscall"), out _)))
            .OfType<int>().Distinct();
    }

    /// <summary>The set of a line such as <c>220 0x5 0x7ffe… …</c>; null where it is another call, or none.</summary>
    private static int? SetOf(ReadOnlySpan<byte> line)
    {
        if (!Utf8Parser.TryParse(line, out int call, out var length) || !s_calls.Contains(call) || !line[length..].StartsWith(" 0x"u8))
            return null;
        return Utf8Parser.TryParse(line[(length + 3)..], out uint id, out _, 'x') ? (int)id : null;
    }
}
