using System.Runtime.CompilerServices;
using PSSysVIpc.Ipc;
using PSSysVIpc.Processes;

namespace PSSysVIpc.Status;

/// <summary>One fact that a status is decided by. Where many objects have the same, it is made once.</summary>
/// <param name="text">The fact in words, with the process that it is about.</param>
/// <param name="remedy">
/// What the user can do to settle it, as a command; null where stopping processes is all, or nothing helps.
/// </param>
/// <param name="processesToStop">How many processes would have to end for it to be settled.</param>
internal sealed class Reason(string text, string? remedy = null, int processesToStop = 0)
{
    /// <summary>The remedy where no process can be named: whoever made it may still be there.</summary>
    internal const string FindItsProgram = "find out whether its program still runs";

    /// <summary>The remedy where its program may come back to it.</summary>
    internal const string FindLaterRun = "find out whether its program will run again";

    /// <summary>Both of these.</summary>
    internal const string FindAnyRun = "find out whether its program still runs, or will run again";

    /// <summary>The remedy where more can be seen by root.</summary>
    internal const string LookAsRoot = "look as the machine's root";

    internal string Text => text;

    internal string? Remedy => remedy;

    internal int ProcessesToStop => processesToStop;
}

/// <summary>
/// Writes reasons as sentences: the status, the facts, and what would settle them. Thousands of objects share their
/// reasons, and then the text.
/// </summary>
internal sealed class Sentences
{
    // A set can have tens of thousands; LastProcesses has them all.
    private const int Shown = 3;

    private readonly Dictionary<Reason[], (string Reason, string Grounds)> _known = new(new SameReasons());

    /// <param name="status">InUse, Stale or Unknown.</param>
    /// <param name="reasons">At least one.</param>
    /// <returns>All of it, and the status with its facts alone.</returns>
    internal (string Reason, string Grounds) Write(string status, List<Reason> reasons)
    {
        Reason[] key = [.. reasons];
        if (!_known.TryGetValue(key, out var text))
            _known[key] = text = Make(status, key);
        return text;
    }

    /// <summary>Says of an orphaned object what was looked for and not found.</summary>
    internal static string WriteOrphaned(
        IpcFacts facts,
        LastProcess[] lastProcesses,
        Candidates candidates,
        HostSnapshot host
    )
    {
        var row = facts.Row;
        var reason =
            $"{IpcStatus.Orphaned}: nobody waits on it, {Past(lastProcesses, host)}, "
            + $"and {candidates.DescribeAbsence(row)}.";
        return row.Key == 0
            ? reason
            : $"{reason} It was {Wording.LastTouch(facts, host.Now)}, and a later process of "
                + $"{host.Names.User(row.OwnerId)} could open it by its key {Wording.Key(row.Key)}.";
    }

    private static string Past(LastProcess[] lastProcesses, HostSnapshot host)
    {
        if (lastProcesses.Length == 0)
            return "nobody has operated on it";
        LastProcess[] told = [.. lastProcesses.Take(Shown)];
        string[] more = lastProcesses.Length > Shown ? [$"{lastProcesses.Length - Shown} more"] : [];
        return lastProcesses.Length > 1 && Array.TrueForAll(told, HasJustExited)
            ? $"its last operators {Wording.Enumerate([.. told.Select(last => $"{last.Id}"), .. more])} have exited"
            : Wording.Enumerate([
                .. told.Select(last => $"its last operator {Describe(last, host)}"),
                .. more.Select(count => $"{count} have exited"),
            ]);
    }

    private static bool HasJustExited(LastProcess last) =>
        last.Fate is not (LastProcessFate.Caller or LastProcessFate.ReusedPid);

    private static string Describe(LastProcess last, HostSnapshot host) =>
        last switch
        {
            { Fate: LastProcessFate.Caller } => $"{last.Id} is this shell",
            { Fate: LastProcessFate.ReusedPid, Process: { } heir } =>
                $"{last.Id} has exited (its number now belongs to {Wording.Describe(heir, host)})",
            _ => $"{last.Id} has exited",
        };

    private static (string, string) Make(string status, Reason[] reasons)
    {
        var facts = string.Join("; ", reasons.Select(reason => reason.Text));
        var anyway = status switch
        {
            IpcStatus.InUse => "; -Force removes it under their feet",
            IpcStatus.Stale => " or use -AllowStale",
            _ => " or, if you know that nobody uses it, use -Force",
        };
        var grounds = $"{status}: {facts}.";
        return ($"{grounds} {Remedy(reasons)}{anyway}.", grounds);
    }

    private static string Remedy(Reason[] reasons)
    {
        var remedies = reasons.Select(reason => reason.Remedy).OfType<string>().Distinct().ToList();
        if (remedies.Contains(Reason.FindItsProgram) && remedies.Remove(Reason.FindLaterRun))
            remedies[remedies.IndexOf(Reason.FindItsProgram)] = Reason.FindAnyRun;
        var toStop = reasons.Sum(reason => reason.ProcessesToStop);
        if (toStop > 0)
            remedies.Insert(0, toStop == 1 ? "stop it" : "stop them");
        var text = Wording.Enumerate([.. remedies]);
        // Else one could read that the program uses it.
        var isLong = remedies.Count > 1 || text.Contains(" whether ", StringComparison.Ordinal);
        return $"{Wording.Capital(text)}{(isLong ? "," : "")}";
    }

    private sealed class SameReasons : IEqualityComparer<Reason[]>
    {
        public bool Equals(Reason[]? one, Reason[]? other) =>
            one is not null && other is not null && one.AsSpan().SequenceEqual(other);

        public int GetHashCode(Reason[] reasons)
        {
            var hash = 0;
            foreach (var reason in reasons)
                hash = HashCode.Combine(hash, RuntimeHelpers.GetHashCode(reason));
            return hash;
        }
    }
}
