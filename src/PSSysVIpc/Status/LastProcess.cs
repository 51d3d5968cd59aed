using PSSysVIpc.Ipc;
using PSSysVIpc.Processes;

namespace PSSysVIpc.Status;

/// <summary>What has become of a process that used an object last.</summary>
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

/// <summary>A process that used an object last: of a semaphore, its sempid (semctl(2), GETPID).</summary>
/// <param name="Id">Its pid.</param>
/// <param name="Fate">What has become of it.</param>
/// <param name="Process">The process that has this pid now, where it can be seen.</param>
internal readonly record struct LastProcess(int Id, LastProcessFate Fate, ProcessRecord? Process)
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
        var ids = facts.LastProcessIds;
        if (ids.Length == 0)
            return [];
        var found = new LastProcess[ids.Length];
        for (var number = 0; number < ids.Length; number++)
            found[number] = Resolve(ids[number], facts, host);
        return found;
    }

    private static LastProcess Resolve(int id, IpcFacts facts, HostSnapshot host)
    {
        if (id == host.Viewpoint.ProcessId)
            return new(id, LastProcessFate.Caller, host.Find(id));
        var process = host.Find(id);
        if (process is null)
        {
            var presence = host.Looks.Look(id, out process);
            if (presence == ProcessPresence.Hidden)
                return new(id, LastProcessFate.AliveUnseen, null);
            // Seen without a record: a kernel thread, which makes no such calls.
            if (process is null)
                return new(id, LastProcessFate.Exited, null);
        }

        var start = Math.Floor(process.StartTime ?? 0) - ToleranceSeconds;
        if (start > host.Clock.Latest(facts.LastTouch, host.Now))
            return new(id, LastProcessFate.ReusedPid, process);
        if (!process.IsAlive)
            return new(id, LastProcessFate.Zombie, process);
        return new(id, start > facts.LastTouch ? LastProcessFate.MaybeAlive : LastProcessFate.Alive, process);
    }
}
