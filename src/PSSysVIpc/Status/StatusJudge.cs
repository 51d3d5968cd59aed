using PSSysVIpc.Ipc;
using PSSysVIpc.Native;
using PSSysVIpc.Processes;

namespace PSSysVIpc.Status;

/// <summary>
/// Decides how objects are used, from what is known of the host: positive evidence of use first, then what we can't
/// see, then who could still use it. Only what passes all of that is Orphaned. What it finds for one object it keeps
/// for the others.
/// </summary>
internal sealed class StatusJudge
{
    private static readonly Reason s_restless = new(
        "nobody is seen to use it, but so many processes begin and end now that one can have been missed",
        "look again in a moment"
    );

    private static readonly Attachments s_nobody = new([], 0);
    private static readonly WaiterFindings s_noWaiters = new(new Dictionary<int, WaitingThreads>(), 0);

    private readonly HostSnapshot _host;
    private readonly InUseRules _inUseRules;
    private readonly UnknownRules _unknownRules;
    private readonly RootsObjects _rootsObjects;
    private readonly Candidates _candidates;
    private readonly StaleRules _staleRules;
    private readonly CodeLooks _codeLooks;
    private readonly UsersByCode _usersByCode;
    private readonly LaterRuns _laterRuns;
    private readonly Dictionary<IpcCalls, WaiterFindings> _waiters = [];
    private readonly Dictionary<(string, string), Reason> _doubts = [];
    private ILookup<int, SegmentMapping>? _mappings;
    private readonly Sentences _sentences = new();
    private readonly Dictionary<(string WhoIsAbsent, string Idleness, LastProcess), Absence> _absences = [];

    // Of the object that is judged: one list for all of them.
    private readonly List<Reason> _reasons = [];

    /// <param name="host">What is known of the host.</param>
    /// <param name="before">The judge of an earlier look at the same host, if there was one.</param>
    internal StatusJudge(HostSnapshot host, StatusJudge? before = null)
    {
        _host = host;
        _inUseRules = new(host);
        _unknownRules = new(host);
        _candidates = new(host);
        _staleRules = new(host);
        _codeLooks = new(host, before?._codeLooks.Gone ?? new HashSet<(int, double?)>());
        _usersByCode = new(host, _codeLooks);
        _rootsObjects = new(host, _usersByCode);
        _laterRuns = new(host);
    }

    /// <summary>Whether a process may be there that the host's picture lacks.</summary>
    internal bool MayHaveMissed => !_host.Processes.IsWhole || _codeLooks.HasMissed;

    internal Verdict Judge(IpcFacts facts)
    {
        var last = LastProcess.Resolve(facts, _host);
        var found = WaitersOf(facts);
        var waiters = found.On(facts.Row.Id);
        var attachments = AttachmentsTo(facts);
        // Where the kernel counts, nobody is missed.
        var unseen = facts.WaitingCount is null ? found.Unseen : 0;
        var why = Explain(facts, last, waiters, attachments, unseen);
        return new(why, last, waiters, _host.NamesAttached ? attachments : null);
    }

    /// <summary>What is left of a verdict of Orphaned where a process may have been missed again and again.</summary>
    internal Verdict Doubt(Verdict verdict) => verdict with { Why = _sentences.Of(IpcStatus.Stale, [s_restless]) };

    private Explanation Explain(
        IpcFacts facts,
        LastProcess[] last,
        WaitingThreads waiters,
        Attachments? attachments,
        int unseen
    )
    {
        _reasons.Clear();
        _inUseRules.AddTo(_reasons, facts, last, waiters, attachments);
        if (_reasons.Count > 0)
        {
            AddDoubt(facts);
            return _sentences.Of(IpcStatus.InUse, _reasons);
        }

        _unknownRules.AddTo(_reasons, facts, unseen);
        if (_reasons.Count > 0)
        {
            AddDoubt(facts);
            return _sentences.Of(IpcStatus.Unknown, _reasons);
        }

        _rootsObjects.AddTo(_reasons, facts);
        _candidates.AddTo(_reasons, facts);
        _staleRules.AddTo(_reasons, facts, last);
        // It reads files: only for what nobody else is known to.
        if (_reasons.Count == 0 && _usersByCode.Describe(facts) is { } user)
            _reasons.Add(user);
        AddDoubt(facts);
        if (_laterRuns.Describe(facts) is { } laterRun)
            _reasons.Add(laterRun);
        return _reasons.Count > 0 ? _sentences.Of(IpcStatus.Stale, _reasons) : Orphaned(facts, last);
    }

    private void AddDoubt(IpcFacts facts)
    {
        if (facts.Doubt is not { } doubt)
            return;
        if (!_doubts.TryGetValue(doubt, out var reason))
            _doubts[doubt] = reason = new(doubt.Text, doubt.Remedy);
        _reasons.Add(reason);
    }

    private Absence Orphaned(IpcFacts facts, LastProcess[] last)
    {
        var whoIsAbsent = _candidates.DescribeAbsence(facts.Row);
        if (facts.Row.Key != 0 || last.Length > 1)
            return new(facts, last, whoIsAbsent, _host);
        // A server that died leaves many sets of which the same process was the last.
        var key = (whoIsAbsent, facts.Idleness, last is [var only] ? only : default);
        if (!_absences.TryGetValue(key, out var known))
            _absences[key] = known = new(facts, last, whoIsAbsent, _host);
        return known;
    }

    // Found by a look at every process, of other IPC namespaces, too: for who asks, and where the object is as good as
    // gone, but for them.
    private Attachments? AttachmentsTo(IpcFacts facts)
    {
        if (facts.AttachCount == 0)
            return _host.NamesAttached ? s_nobody : null;
        if (!_host.NamesAttached && !facts.IsMarkedForRemoval)
            return null;
        _mappings ??= _host.Looks.Mappings(_host.Processes.All.Where(process => process.IsAlive));
        return Attachments.Of(facts, _mappings[facts.Row.Id], _host);
    }

    // Looked for only when the kernel counts somebody, or doesn't count, and then for all objects of the kind.
    private WaiterFindings WaitersOf(IpcFacts facts)
    {
        if (facts.WaitingCount == 0)
            return s_noWaiters;
        if (!_waiters.TryGetValue(facts.Calls, out var waiters))
        {
            _waiters[facts.Calls] = waiters = _host.Looks.Waiters(
                facts.Calls,
                _host.Processes.All.Where(process =>
                    process.IsAlive && process.Id != _host.Viewpoint.ProcessId && !process.IsOutside(_host.NamespaceId)
                )
            );
        }

        return waiters;
    }
}
