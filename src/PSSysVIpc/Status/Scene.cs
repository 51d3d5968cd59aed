using PSSysVIpc.Accounts;
using PSSysVIpc.Kernel;

namespace PSSysVIpc.Status;

/// <summary>The surroundings a verdict is made in: the processes, from where we see them, and the time.</summary>
internal sealed class Scene(ProcessScanner scanner, ProcessTable processes, AccountNames names, TimeProvider clock)
{
    internal ProcessScanner Scanner => scanner;

    internal Viewpoint Viewpoint => scanner.Viewpoint;

    internal ProcessTable Processes => processes;

    internal AccountNames Names => names;

    /// <summary>In seconds since the epoch.</summary>
    internal double Now => clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;

    /// <summary>A process of the table. Null where /proc speaks of another PID namespace: its numbers aren't ours.</summary>
    internal ProcessRecord? Find(int id) => Viewpoint.IsProcOurs ? processes.Find(id) : null;
}
