using PSSysVIpc.Ipc;
using PSSysVIpc.Native;
using PSSysVIpc.Processes;

namespace PSSysVIpc.Status;

/// <summary>
/// Processes that the kernel would let use an object, and of which only their code says whether they might: whoever has
/// root's rights, as an Apache whose children have all died has no process of its user and needs its sets when it
/// starts new ones; and where the mode lets everybody in, everybody.
/// </summary>
internal sealed class UsersByCode
{
    private readonly HostSnapshot _host;
    private readonly CodeLooks _looks;
    private readonly Lazy<Suspects> _everybody;
    private readonly Lazy<Suspects> _mighty;
    private readonly ProcessRecord[] _mightyElsewhere;
    private readonly Dictionary<(uint, uint, (uint?, uint?)), Suspects> _mightyFor = [];
    private readonly Dictionary<(ProcessRecord, FamilyAge, bool HasKey, int? Mode), Reason> _reasons = [];

    internal UsersByCode(HostSnapshot host, CodeLooks looks)
    {
        _host = host;
        _looks = looks;
        _everybody = new(() => SuspectsAmong(_ => true));
        _mighty = new(() => SuspectsAmong(process => Access.MayOpenAll(process, host)));
        _mightyElsewhere =
        [
            .. host.Processes.LastPass.Where(process =>
                process.Powers is not null && !Access.MayOpenAll(process, host)
            ),
        ];
    }

    /// <summary>Those whose code is to be looked at for an object: many objects have the same.</summary>
    internal Suspects Of(IpcRow row)
    {
        if (row.IsOpenToAll)
            return _everybody.Value;
        if (_mightyElsewhere.Length == 0)
            return _mighty.Value;
        var users = (row.OwnerId, row.CreatorId, row.OpenGroups);
        if (!_mightyFor.TryGetValue(users, out var suspects))
        {
            _mightyFor[users] = suspects = SuspectsAmong(process =>
                Access.MayOpenAll(process, _host) || Access.MayBecomeAUser(process, row)
            );
        }

        return suspects;
    }

    /// <summary>The one of the oldest family; null when there is none.</summary>
    internal Reason? Describe(IpcFacts facts)
    {
        var row = facts.Row;
        // The oldest decides for all objects, so no process is examined twice, and none that is too young.
        if (Of(row).Find(facts.Calls, Access.LatestFamily(row, _host), most: 1) is not [var suspect])
            return null;
        var age = row.Key == 0 ? FamilyAge.Compare(suspect.Process, row.ChangeTime, _host) : default;
        var key = (suspect.Process, age, row.Key != 0, row.IsOpenToAll ? row.Mode : (int?)null);
        if (!_reasons.TryGetValue(key, out var reason))
            _reasons[key] = reason = Explain(suspect, age, facts);
        return reason;
    }

    /// <summary>What the code of a process is.</summary>
    internal string Describe(IpcCalls calls) =>
        calls switch
        {
            IpcCalls.Any when IsOutOfReach(calls) => "code that can't be looked at from here and may make such calls",
            IpcCalls.Unexamined =>
                $"code that could not be examined {ExaminationBudget.InWords} and may make such calls",
            IpcCalls.Any => "code that can't be examined and may make such calls",
            _ => "code that makes such calls",
        };

    /// <summary>Whether it is the caller who may not look at a process's code.</summary>
    internal bool IsOutOfReach(IpcCalls calls) => calls == IpcCalls.Any && !_host.Viewpoint.MayTraceAll;

    private Reason Explain(Suspect suspect, FamilyAge age, IpcFacts facts)
    {
        var (process, calls) = suspect;
        var row = facts.Row;
        var who = Wording.Describe(process, _host);
        var could = row.IsOpenToAll
            ? $"{who} could be using it: its mode {IpcMode.Octal(row.Mode)} lets every user open it, it has"
            : $"{who} could be the master of processes that use it: {Rights(process)} and";
        var how =
            row.Key == 0
                ? Wording.Describe(age, process, $"the {facts.Noun} was last changed", _host)
                : "could open it by its key";
        var text = $"{could} {Describe(calls)}, and {how}";
        // Whom we have no right to look into need not be stopped to be ruled out.
        return IsOutOfReach(calls) ? new(text, Reason.LookAsRoot) : new(text, processesToStop: 1);
    }

    private string Rights(ProcessRecord process) =>
        Access.MayOpenAll(process, _host) ? "it has root's rights" : "it has capabilities to become a user of it";

    // A process that only an earlier pass saw has ended. What it may have handed down its children have, and they are
    // here. Init is no server's master, and where it shields its maps from root, nothing would ever be Orphaned. Where
    // a server is pid 1, in a container, nothing is Orphaned anyway.
    private Suspects SuspectsAmong(Func<ProcessRecord, bool> isSuspect) =>
        new(
            _host.Processes.LastPass.Where(process =>
                process.IsAlive
                && process.Id != 1
                && process.Id != _host.Viewpoint.ProcessId
                && !process.IsOutside(_host.NamespaceId)
                && isSuspect(process)
            ),
            _host,
            _looks
        );
}
