using System.Globalization;

namespace PSSysVIpc.Native;

/// <summary>The folders of /proc that have processes, or the threads of one, in them by their numbers.</summary>
internal static class ProcFolder
{
    // PID_MAX_LIMIT of a 64-bit kernel (include/linux/threads.h): there can't be more processes.
    private const int MostProcesses = 1 << 22;

    // Far more than any program has, and few enough to be listed in no time.
    private const int MostThreads = 100_000;

    /// <summary>The processes, each number with its inode: whoever gets a number anew has another one.</summary>
    /// <returns>Null where they can't be listed whole.</returns>
    internal static List<(int Id, ulong Inode)>? Processes() => List("/proc", MostProcesses, out _);

    /// <summary>The same for the threads of a process.</summary>
    /// <returns>None where the process is gone; null where they can't be listed whole.</returns>
    /// <exception cref="ExaminationException">There are too many.</exception>
    internal static List<(int Id, ulong Inode)>? Threads(int processId)
    {
        var threads = List(
            string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/task"),
            MostThreads,
            out var isTooLong
        );
        return isTooLong ? throw new ExaminationException() : threads;
    }

    private static List<(int Id, ulong Inode)>? List(string path, int most, out bool isTooLong)
    {
        var found = new List<(int, ulong)>();
        var errno = Libc.ReadFolder(path, found, most);
        isTooLong = errno == Errno.E2BIG;
        return errno switch
        {
            0 => found,
            _ when Errno.HasEnded(errno) => [],
            _ => null,
        };
    }
}
