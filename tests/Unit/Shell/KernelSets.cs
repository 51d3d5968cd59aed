using System.Globalization;

namespace PSSysVIpc.Tests.Shell;

/// <summary>The kernel's own table of semaphore sets, of the calling thread's namespace.</summary>
internal static class KernelSets
{
    internal static int[] Ids() =>
        [
            .. File.ReadLines("/proc/sysvipc/sem")
                .Skip(1)
                .Select(line =>
                    int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)
                )
                .Order(),
        ];
}
