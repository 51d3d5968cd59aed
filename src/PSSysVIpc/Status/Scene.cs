using PSSysVIpc.Accounts;
using PSSysVIpc.Native;
using PSSysVIpc.Processes;

namespace PSSysVIpc.Status;

/// <summary>The surroundings a verdict is made in: the processes, from where we see them, and the time.</summary>
internal sealed class Scene
{
    private readonly TimeProvider _clock;
    private readonly Lazy<Masters> _masters;
    private readonly Lazy<Dictionary<int, Waiters>> _sleepers;

    // Before it is the scene of an earlier pass, if there was one.
    internal Scene(
        ProcessScanner scanner, ProcessTable processes, ulong namespaceId, AccountNames names, TimeProvider clock, Scene? before = null)
    {
        Scanner = scanner;
        Processes = processes;
        NamespaceId = namespaceId;
        Names = names;
        _clock = clock;
        Candidates = new Candidates(this);
        _masters = new(() => new Masters(this, before?.Masters.Gone ?? new HashSet<(int, double?)>()));
        _sleepers = new(() => Sleepers.OnSemaphores(processes.All.Where(process => process.IsAlive && !process.IsOutside(namespaceId)), scanner.Budget));
    }

    internal ProcessScanner Scanner { get; }

    internal Viewpoint Viewpoint => Scanner.Viewpoint;

    internal ProcessTable Processes { get; }

    internal ClockSteps Clock => Scanner.Clock;

    internal AccountNames Names { get; }

    internal Sentences Sentences { get; } = new();

    /// <summary>The IPC namespace of the objects. Processes outside it can't reach them.</summary>
    internal ulong NamespaceId { get; }

    internal Candidates Candidates { get; }

    internal Masters Masters => _masters.Value;

    /// <summary>Who waits on an object. Looked for only when the kernel counts somebody.</summary>
    internal Waiters WaitersOn(Evidence evidence) => evidence is { WaitingCount: > 0, Calls: IpcCalls.Semaphore }
        ? _sleepers.Value.GetValueOrDefault(evidence.Row.Id, Waiters.None)
        : Waiters.None;

    /// <summary>In seconds since the epoch.</summary>
    internal double Now => _clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;

    /// <summary>A process of the table. Null where /proc speaks of another PID namespace: its numbers aren't ours.</summary>
    internal ProcessRecord? Find(int id) => Viewpoint.IsProcOurs ? Processes.Find(id) : null;
}
