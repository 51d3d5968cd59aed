using PSSysVIpc.Ipc;
using PSSysVIpc.Processes;

namespace PSSysVIpc.Status;

/// <summary>Explains Orphaned: what was looked for and not found.</summary>
internal sealed class Absence : Explanation
{
    // A set can have tens of thousands; LastProcesses has them all.
    private const int Shown = 3;

    private readonly LastProcess[] _last;
    private readonly string _whoIsAbsent;
    private readonly string? _past;
    private readonly string? _owner;
    private readonly uint _key;
    private readonly string _idleness;
    private readonly string _unusedness;
    private readonly bool _isLastTouchUse;
    private readonly long _age;

    /// <param name="facts">The object.</param>
    /// <param name="last">What became of the processes that used it last.</param>
    /// <param name="whoIsAbsent">Who was looked for.</param>
    /// <param name="host">Where.</param>
    internal Absence(IpcFacts facts, LastProcess[] last, string whoIsAbsent, HostSnapshot host)
    {
        (_last, _whoIsAbsent) = (last, whoIsAbsent);
        (_idleness, _unusedness) = (facts.Idleness, facts.Unusedness);
        // Who has the number of one now is named with his user.
        if (Array.Exists(last, one => one.Fate == LastProcessFate.ReusedPid))
            _past = Past(host);
        if (facts.Row.Key == 0)
            return;
        (_key, _owner) = (facts.Row.Key, host.Names.User(facts.Row.OwnerId));
        (_isLastTouchUse, _age) = (facts.IsLastTouchUse, (long)(host.Now - facts.LastTouch));
    }

    internal override string Status => IpcStatus.Orphaned;

    internal override string Text
    {
        get
        {
            var text = $"{Status}: {_idleness}, {_past ?? Past(host: null)}, and {_whoIsAbsent}.";
            return _key == 0
                ? text
                : $"{text} It was {Wording.LastTouch(_isLastTouchUse, _age)}, and a later process of {_owner} could "
                    + $"open it by its key {Wording.Key(_key)}.";
        }
    }

    // There is no doubt to settle.
    internal override string Grounds => Text;

    /// <param name="host">Null where none of its operators has an heir to be named.</param>
    private string Past(HostSnapshot? host)
    {
        if (_last.Length == 0)
            return _unusedness;
        LastProcess[] told = [.. _last.Take(Shown)];
        string[] more = _last.Length > Shown ? [$"{_last.Length - Shown} more"] : [];
        if (_last.Length > 1 && Array.TrueForAll(told, HasJustExited))
            return $"{Together(told, more)} have exited";
        return Wording.Enumerate([
            .. told.Select(last => $"its {last.Role.Name} {Describe(last, host)}"),
            .. more.Select(count => $"{count} have exited"),
        ]);
    }

    // "its last operators 1, 2 and 3 more", or "its creator 1 and its last process 2".
    private static string Together(LastProcess[] told, string[] more) =>
        Array.TrueForAll(told, last => last.Role == told[0].Role)
            ? $"its {told[0].Role.Name}s {Wording.Enumerate([.. told.Select(last => $"{last.Id}"), .. more])}"
            : Wording.Enumerate([.. told.Select(last => $"its {last.Role.Name} {last.Id}"), .. more]);

    private static bool HasJustExited(LastProcess last) =>
        last.Fate is not (LastProcessFate.Caller or LastProcessFate.ReusedPid);

    private static string Describe(LastProcess last, HostSnapshot? host) =>
        last switch
        {
            { Fate: LastProcessFate.Caller } => $"{last.Id} is this shell",
            { Fate: LastProcessFate.ReusedPid, Process: { } heir } =>
                $"{last.Id} has exited (its number now belongs to {Wording.Describe(heir, host!)})",
            _ => $"{last.Id} has exited",
        };
}
