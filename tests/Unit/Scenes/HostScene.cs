using System.Diagnostics;
using PSSysVIpc.Accounts;
using PSSysVIpc.Native;
using PSSysVIpc.Processes;

namespace PSSysVIpc.Tests.Scenes;

/// <summary>A machine that never was, with whoever is put on it, seen by its root unless told.</summary>
internal sealed record HostScene : ILateLooks
{
    private Viewpoint _viewpoint = new()
    {
        ProcessId = Scene.CallerId,
        IsProcOurs = true,
        IsFirstPidNamespace = true,
        UnmappedUserId = null,
        UnmappedGroupId = null,
        HidingOption = null,
        EffectiveUserId = 0,
        MayTraceAll = true,
        MayReadAll = true,
    };

    private IReadOnlyList<ProcessScene> _processes = [];
    private IReadOnlyList<ProcessScene> _late = [];
    private IReadOnlyList<int> _hidden = [];
    private IReadOnlyList<int> _waiting = [];
    private IReadOnlyList<SegmentMapping> _mappings = [];
    private int _unreadable;
    private int _unseenWaiters;
    private bool _isWhole = true;
    private bool _namesAttached;
    private long? _birth;
    private double[] _births = [];
    private IReadOnlySet<ulong>? _owners = new HashSet<ulong> { Scene.UserNamespaceId };

    internal HostSnapshot Snapshot =>
        new()
        {
            Processes = new ProcessTable(
                [.. _processes.Select(process => process.Record)],
                _unreadable,
                Stopwatch.GetTimestamp(),
                _isWhole
            ),
            Viewpoint = _viewpoint,
            Clock = new ClockSteps(Scene.BootTime, _births),
            NamespaceId = Scene.NamespaceId,
            Owners = _owners,
            // No time for lookups: everybody is a number, whatever accounts this machine has.
            Names = new AccountNames(inAll: TimeSpan.Zero),
            Looks = this,
            NamesAttached = _namesAttached,
            Time = Scene.Time,
        };

    internal HostScene With(params ProcessScene[] processes) =>
        this with
        {
            _processes = [.. _processes, .. processes],
        };

    /// <summary>Begun after the processes were read.</summary>
    internal HostScene WithLate(params ProcessScene[] processes) => this with { _late = processes };

    /// <summary>There, and not to be seen.</summary>
    internal HostScene WithHidden(params int[] processes) => this with { _hidden = processes };

    /// <summary>These wait on the set, each with one thread, as far as can be seen.</summary>
    internal HostScene WithWaiters(params int[] processes) => this with { _waiting = processes };

    /// <summary>A segment is mapped into processes of it, which are asked for.</summary>
    internal HostScene WithMappings(params SegmentMapping[] mappings) => WithMappings(null, mappings);

    /// <summary>The same with when that segment was made.</summary>
    internal HostScene WithMappings(long? birth, params SegmentMapping[] mappings) =>
        this with
        {
            _mappings = mappings,
            _birth = birth,
            _namesAttached = true,
        };

    /// <summary>So many processes may wait, for all that could be found out.</summary>
    internal HostScene WithUnseenWaiters(int processes) => this with { _unseenWaiters = processes };

    internal HostScene Unreadable(int processes) => this with { _unreadable = processes };

    /// <summary>So many processes begin and end that one may be missing.</summary>
    internal HostScene Restless() => this with { _isWhole = false };

    /// <summary>What was made at boot shows these steps of the clock since, in seconds.</summary>
    internal HostScene ClockSet(params double[] steps) =>
        this with
        {
            _births = Array.ConvertAll(steps, step => Scene.BootTime - step),
        };

    /// <summary>The objects belong to nobody whom the caller could name.</summary>
    internal HostScene OwnedFromOutside() => this with { _owners = null };

    internal HostScene SeenFrom(Func<Viewpoint, Viewpoint> where) => this with { _viewpoint = where(_viewpoint) };

    ProcessPresence ILateLooks.Look(int id, out ProcessRecord? process)
    {
        process = _late.FirstOrDefault(late => late.Record.Id == id)?.Record;
        if (process is not null)
            return ProcessPresence.Seen;
        return _hidden.Contains(id) ? ProcessPresence.Hidden : ProcessPresence.Gone;
    }

    IpcCalls? ILateLooks.CallsOf(ProcessRecord process) =>
        _processes.First(scene => scene.Record.Id == process.Id).Calls;

    WaiterFindings ILateLooks.Waiters(IpcCalls calls, IEnumerable<ProcessRecord> processes)
    {
        ProcessRecord[] waiting = [.. processes.Where(process => _waiting.Contains(process.Id))];
        var threads = new WaitingThreads(Array.ConvertAll(waiting, process => new WaitingThread(process)));
        return new(new Dictionary<int, WaitingThreads> { [Scene.Head.Id] = threads }, _unseenWaiters);
    }

    long? ILateLooks.BirthOf(SegmentMapping mapping) => _birth;

    ILookup<int, SegmentMapping> ILateLooks.Mappings(IEnumerable<ProcessRecord> processes) =>
        _mappings.Where(mapping => processes.Contains(mapping.Process)).ToLookup(mapping => mapping.SegmentId);
}
