using PSSysVIpc.Ipc;
using PSSysVIpc.Native;
using PSSysVIpc.Processes;

namespace PSSysVIpc.Status;

/// <summary>
/// Root processes that could be the master of dead workers: an Apache whose children have all died has no process of
/// its user, and needs its sets when it starts new ones. Looked for only when an object would otherwise be Orphaned.
/// </summary>
internal sealed class RootMasters
{
    private readonly HostSnapshot _host;
    private readonly ProcessRecord[] _byAge;
    private readonly Dictionary<IpcCalls, (int Examined, ProcessRecord? Oldest, IpcCalls Calls)> _progress = [];

    // Who had gone when an earlier pass looked for masters.
    private readonly IReadOnlySet<(int, double?)> _goneBefore;
    private readonly HashSet<(int, double?)> _gone = [];

    internal RootMasters(HostSnapshot host, IReadOnlySet<(int, double?)> goneBefore)
    {
        _host = host;
        _goneBefore = goneBefore;
        // A process that only an earlier pass saw has ended. What it may have handed down its children have, and they
        // are here.
        _byAge =
        [
            .. host.Processes.LastPass.Where(IsSuspect).OrderBy(process => host.Processes.FamilyOf(process).Start),
        ];
    }

    /// <summary>
    /// One went after this pass had begun and before it could be looked at. Who knows what it has left to children that
    /// this pass didn't see.
    /// </summary>
    internal bool HasMissed { get; private set; }

    /// <summary>
    /// Processes that had ended, by number and start, though /proc listed them: it shows them until they are reaped.
    /// </summary>
    internal IReadOnlySet<(int, double?)> Gone => _gone;

    /// <summary>
    /// The one of the oldest family, if that is old enough to have the object's id, or the object has a key to open it
    /// by; null when there is none.
    /// </summary>
    internal Reason? Describe(IpcFacts facts)
    {
        // With a key it may be as young as it likes: a server that was started again finds its object by that.
        var isKeyless = facts.Row.Key == 0;
        var latest = isKeyless ? FamilyAge.Latest(facts.Row.ChangeTime, _host) : double.PositiveInfinity;
        var (examined, oldest, found) = _progress.GetValueOrDefault(facts.Calls);
        // The oldest decides for all objects, so no process is examined twice, and none that is too young.
        while (oldest is null && examined < _byAge.Length && IsInTime(_byAge[examined], latest))
        {
            var process = _byAge[examined++];
            var calls = _host.Looks.CallsOf(process);
            if (calls is null && _gone.Add((process.Id, process.StartTime)))
                HasMissed |= !_goneBefore.Contains((process.Id, process.StartTime));
            if ((calls & facts.Calls) is not (null or IpcCalls.None))
                (oldest, found) = (process, calls!.Value);
        }

        _progress[facts.Calls] = (examined, oldest, found);
        if (oldest is null || !IsInTime(oldest, latest))
            return null;
        var text =
            $"{Wording.Describe(oldest, _host)} could be the master of processes that used it: it has root's rights "
            + $"and {Describe(found)}, and {(isKeyless ? Age(oldest, facts) : "could open it by its key")}";
        // Whom we have no right to look into need not be stopped to be ruled out.
        return found == IpcCalls.Any && !_host.Viewpoint.MayTraceAll
            ? new(text, "look as the machine's root")
            : new(text, processesToStop: 1);
    }

    private string Age(ProcessRecord process, IpcFacts facts) =>
        Wording.Describe(
            FamilyAge.Compare(process, facts.Row.ChangeTime, _host),
            process,
            $"the {facts.Noun} was last changed",
            _host
        );

    private string Describe(IpcCalls calls) =>
        calls switch
        {
            IpcCalls.Any when !_host.Viewpoint.MayTraceAll =>
                "code that can't be looked at from here and may make such calls",
            IpcCalls.Unexamined =>
                $"code that could not be examined {ExaminationBudget.InWords} and may make such calls",
            IpcCalls.Any => "code that can't be examined and may make such calls",
            _ => "code that makes such calls",
        };

    private bool IsInTime(ProcessRecord process, double latest) => _host.Processes.FamilyOf(process).Start <= latest;

    // Init is no server's master, and where it shields its maps from root, nothing would ever be Orphaned. Where a
    // server is pid 1, in a container, nothing is Orphaned anyway.
    private bool IsSuspect(ProcessRecord process) =>
        process.IsAlive
        && process.MayOpenAll
        && process.Id != 1
        && process.Id != _host.Viewpoint.ProcessId
        && !process.IsOutside(_host.NamespaceId);
}
