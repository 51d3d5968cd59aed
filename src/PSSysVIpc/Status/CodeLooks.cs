using PSSysVIpc.Native;
using PSSysVIpc.Processes;

namespace PSSysVIpc.Status;

/// <summary>
/// What the processes of one picture of the host can call: each is looked at once, and only when asked for.
/// </summary>
/// <param name="host">The picture.</param>
/// <param name="goneBefore">Who had gone when an earlier one was looked at.</param>
internal sealed class CodeLooks(HostSnapshot host, IReadOnlySet<(int, double?)> goneBefore)
{
    private readonly Dictionary<ProcessRecord, IpcCalls> _known = [];
    private readonly HashSet<(int, double?)> _gone = [];

    /// <summary>
    /// One went after this pass had begun and before it could be looked at. Who knows what it has left to children that
    /// this pass didn't see.
    /// </summary>
    internal bool HasMissed { get; private set; }

    /// <summary>
    /// Processes that had ended, by number and start, though /proc listed them: it shows them until they are reaped.
    /// </summary>
    internal IReadOnlySet<(int, double?)> Gone => _gone;

    /// <summary>The calls a process can make; none where it has ended.</summary>
    internal IpcCalls Of(ProcessRecord process)
    {
        if (_known.TryGetValue(process, out var known))
            return known;
        var calls = host.Looks.CallsOf(process);
        if (calls is null && _gone.Add((process.Id, process.StartTime)))
            HasMissed |= !goneBefore.Contains((process.Id, process.StartTime));
        return _known[process] = calls ?? IpcCalls.None;
    }
}
