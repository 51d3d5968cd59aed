using PSSysVIpc.Ipc;
using PSSysVIpc.Processes;

namespace PSSysVIpc.Status;

/// <summary>What has become of a process that the kernel has noted with an object.</summary>
internal enum LastProcessFate
{
    /// <summary>It lives.</summary>
    Alive,

    /// <summary>
    /// Another that lives has its number by now, as it began later; or it is that one, as the clock was set meanwhile.
    /// </summary>
    MaybeAlive,

    /// <summary>Something of its number lives, and we may not see more. That counts as alive.</summary>
    AliveUnseen,

    /// <summary>It has ended and its parent hasn't taken note of it yet.</summary>
    Zombie,

    /// <summary>It has ended.</summary>
    Exited,

    /// <summary>It has ended, and another process has its pid now.</summary>
    ReusedPid,

    /// <summary>It is the process that asks.</summary>
    Caller,
}

/// <summary>A process that the kernel has noted with an object, and what has become of it.</summary>
/// <param name="Id">Its pid.</param>
/// <param name="Role">What it has done with it.</param>
/// <param name="Fate">What has become of it.</param>
/// <param name="Process">The process that has this pid now, where it can be seen.</param>
internal readonly record struct LastProcess(int Id, ProcessRole Role, LastProcessFate Fate, ProcessRecord? Process)
{
    internal bool IsAlive =>
        Fate
            is LastProcessFate.Alive
                or LastProcessFate.MaybeAlive
                or LastProcessFate.AliveUnseen
                or LastProcessFate.Caller;

    // A start time has hundredths of a second, the kernel's object times are whole ones and a clock may tick in
    // between.
    private const int ToleranceSeconds = 2;

    /// <summary>Those of an object.</summary>
    /// <param name="facts">The object.</param>
    /// <param name="host">Where to look them up.</param>
    internal static LastProcess[] Resolve(IpcFacts facts, HostSnapshot host)
    {
        var recorded = facts.RecordedProcesses;
        if (recorded.Length == 0)
            return [];
        var found = new LastProcess[recorded.Length];
        for (var number = 0; number < recorded.Length; number++)
            found[number] = Resolve(recorded[number], host);
        return found;
    }

    private static LastProcess Resolve(RecordedProcess recorded, HostSnapshot host)
    {
        var fate = FateOf(recorded, host, out var process);
        return new(recorded.Id, recorded.Role, fate, process);
    }

    private static LastProcessFate FateOf(RecordedProcess recorded, HostSnapshot host, out ProcessRecord? process)
    {
        var id = recorded.Id;
        process = host.Find(id);
        if (id == host.Viewpoint.ProcessId)
            return LastProcessFate.Caller;
        if (process is null)
        {
            var presence = host.Looks.Look(id, out process);
            if (presence == ProcessPresence.Hidden)
                return LastProcessFate.AliveUnseen;
            // Seen without a record: a kernel thread, which makes no such calls.
            if (process is null)
                return LastProcessFate.Exited;
        }

        var start = Math.Floor(process.StartTime ?? 0) - ToleranceSeconds;
        if (start > host.Clock.Latest(recorded.Time, host.Now))
            return LastProcessFate.ReusedPid;
        if (!process.IsAlive)
            return LastProcessFate.Zombie;
        return start > recorded.Time ? LastProcessFate.MaybeAlive : LastProcessFate.Alive;
    }
}
