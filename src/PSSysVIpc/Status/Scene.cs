using PSSysVIpc.Accounts;
using PSSysVIpc.Kernel;

namespace PSSysVIpc.Status;

/// <summary>The surroundings a verdict is made in: the processes, from where we see them, and the time.</summary>
internal sealed class Scene
{
    private readonly TimeProvider _clock;
    private readonly Lazy<Masters> _masters;

    internal Scene(ProcessScanner scanner, ProcessTable processes, ulong namespaceId, AccountNames names, TimeProvider clock)
    {
        Scanner = scanner;
        Processes = processes;
        NamespaceId = namespaceId;
        Names = names;
        _clock = clock;
        Candidates = new Candidates(this);
        _masters = new(() => new Masters(this));
    }

    internal ProcessScanner Scanner { get; }

    internal Viewpoint Viewpoint => Scanner.Viewpoint;

    internal ProcessTable Processes { get; }

    internal AccountNames Names { get; }

    /// <summary>The IPC namespace of the objects. Processes outside it can't reach them.</summary>
    internal ulong NamespaceId { get; }

    internal Candidates Candidates { get; }

    internal Masters Masters => _masters.Value;

    /// <summary>In seconds since the epoch.</summary>
    internal double Now => _clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;

    /// <summary>A process of the table. Null where /proc speaks of another PID namespace: its numbers aren't ours.</summary>
    internal ProcessRecord? Find(int id) => Viewpoint.IsProcOurs ? Processes.Find(id) : null;
}
