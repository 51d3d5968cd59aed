using System.Diagnostics;
using System.Globalization;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Apache;

/// <summary>
/// A server's processes: all that run its program in the IPC namespace of the calling thread. They are found by that
/// alone, because a daemon leaves its parent, its group and its session, and may not have written its number yet.
/// </summary>
internal sealed class ServerProcesses(string program)
{
    /// <summary>Starts the program from the calling thread, and so in its namespaces.</summary>
    internal Process Launch(params string[] arguments) => Launch(program, arguments);

    /// <summary>The same by way of another program, which becomes it or starts it.</summary>
    internal static Process Launch(string starter, string[] arguments) =>
        // Nothing of the tests is its input, and what it says before it has opened its log is none of their output.
        Process.Start(
            new ProcessStartInfo(starter, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;

    /// <summary>The numbers of those that live.</summary>
    internal int[] Ids()
    {
        var here = LinkOf("/proc/thread-self/ns/ipc");
        return
        [
            .. Directory
                .EnumerateDirectories("/proc")
                .Select(Path.GetFileName)
                .Select(name =>
                    int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0
                )
                .Where(id => id != 0 && LinkOf($"/proc/{id}/exe") == program && LinkOf($"/proc/{id}/ns/ipc") == here),
        ];
    }

    /// <summary>Ends them as kill -9 does, and waits until they are gone.</summary>
    internal void Kill()
    {
        var killed = new HashSet<int>();
        Wait.Until(
            () =>
            {
                // Again until none is left: one may have been forked meanwhile.
                var ids = Ids();
                foreach (var id in ids)
                    TestLibc.TrySignal(id, TestLibc.KillSignal);
                killed.UnionWith(ids);
                // Pid 1 may take its time, and a server that finds the number of its predecessor in its pid file, and a
                // process of that number, though it be a zombie, says that it already runs.
                return ids.Length == 0 && !killed.Any(IsZombie);
            },
            $"{program} is gone"
        );
    }

    private static bool IsZombie(int process) =>
        Directory.Exists($"/proc/{process}") && LinkOf($"/proc/{process}/exe") is null;

    private static string? LinkOf(string path) => new FileInfo(path).LinkTarget;
}
