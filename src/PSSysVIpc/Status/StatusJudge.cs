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

    private readonly HostSnapshot _host;
    private readonly Candidates _candidates;
    private readonly CodeLooks _codeLooks;
    private readonly UsersByCode _usersByCode;
    private readonly RootsObjects _rootsObjects;
    private readonly LaterRuns _laterRuns;
    private readonly Dictionary<IpcCalls, IReadOnlyDictionary<int, WaitingThreads>> _waiters = [];
    private readonly Sentences _sentences = new();

    /// <param name="host">What is known of the host.</param>
    /// <param name="before">The judge of an earlier look at the same host, if there was one.</param>
    internal StatusJudge(HostSnapshot host, StatusJudge? before = null)
    {
        _host = host;
        _candidates = new(host);
        _codeLooks = new(host, before?._codeLooks.Gone ?? new HashSet<(int, double?)>());
        _usersByCode = new(host, _codeLooks);
        _rootsObjects = new(host, _usersByCode);
        _laterRuns = new(host);
    }

    /// <summary>Whether a process may be there that the host's picture lacks.</summary>
    internal bool MayHaveMissed => !_host.Processes.IsWhole || _codeLooks.HasMissed;

    internal Verdict Judge(IpcFacts facts)
    {
        var last = Array.ConvertAll(facts.LastProcessIds, id => LastProcess.Resolve(id, facts, _host));
        var waiters = WaitersOn(facts);
        var reasons = new List<Reason>();
        InUseRules.AddTo(reasons, facts, last, waiters, _host);
        if (reasons.Count > 0)
            return Decided(IpcStatus.InUse);
        UnknownRules.AddTo(reasons, facts, _host);
        if (reasons.Count > 0)
            return Decided(IpcStatus.Unknown);
        _rootsObjects.AddTo(reasons, facts);
        StaleRules.AddTo(reasons, facts, last, _candidates, _host);
        // It reads files: only for what nobody else is known to.
        if (reasons.Count == 0 && _usersByCode.Describe(facts) is { } user)
            reasons.Add(user);
        if (_laterRuns.Describe(facts) is { } laterRun)
            reasons.Add(laterRun);
        if (reasons.Count > 0)
            return Decided(IpcStatus.Stale);
        var orphaned = Sentences.WriteOrphaned(facts, last, _candidates, _host);
        return new(IpcStatus.Orphaned, orphaned, orphaned, last, waiters);

        Verdict Decided(string status)
        {
            var (reason, grounds) = _sentences.Write(status, reasons);
            return new(status, reason, grounds, last, waiters);
        }
    }

    /// <summary>What is left of a verdict of Orphaned where a process may have been missed again and again.</summary>
    internal Verdict Doubt(Verdict verdict)
    {
        var (reason, grounds) = _sentences.Write(IpcStatus.Stale, [s_restless]);
        return verdict with { Status = IpcStatus.Stale, Reason = reason, Grounds = grounds };
    }

    // Looked for only when the kernel counts somebody, and then for all objects of the kind.
    private WaitingThreads WaitersOn(IpcFacts facts)
    {
        if (facts.WaitingCount == 0)
            return WaitingThreads.None;
        if (!_waiters.TryGetValue(facts.Calls, out var waiters))
        {
            _waiters[facts.Calls] = waiters = _host.Looks.Waiters(
                facts.Calls,
                _host.Processes.All.Where(process => process.IsAlive && !process.IsOutside(_host.NamespaceId))
            );
        }

        return waiters.GetValueOrDefault(facts.Row.Id, WaitingThreads.None);
    }
}
