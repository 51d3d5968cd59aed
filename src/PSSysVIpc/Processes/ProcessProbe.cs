using System.Globalization;
using PSSysVIpc.Native;

namespace PSSysVIpc.Processes;

/// <summary>
/// Reads one process at a time. Of the files that it reads none makes a reader wait (fs/proc/array.c takes no lock that
/// a process can hold), but there can be very many.
/// </summary>
/// <param name="budget">The time that there is for it.</param>
/// <param name="bootTime">When the machine was started, in seconds since the epoch; null for unknown.</param>
internal sealed class ProcessProbe(ExaminationBudget budget, double? bootTime)
{
    // The kernel lets a process be in 65,536 groups (NGROUPS_MAX, credentials(7)), and a file of status is longer by
    // those.
    private const int LargestStatus = 1 << 21;

    // Of all processes together: thousands of times what a machine has, and few enough to be kept.
    private const int MostMemberships = 1 << 20;

    private readonly ProcFile _file = new();
    private readonly UserNamespaces _userNamespaces = new();
    private readonly double _ticksPerSecond = Math.Max(1, Libc.ClockTicksPerSecond());
    private int _memberships;

    /// <summary>What was kept of earlier processes is kept no more.</summary>
    internal void StartPass()
    {
        _memberships = 0;
        _userNamespaces.Forget();
    }

    /// <summary>
    /// A number that was a process may since have been given to a thread, which /proc shows when asked by name.
    /// </summary>
    internal bool IsThreadOfAnother(int id) =>
        new ProcessStatusText(_file.Read(Path(id, "status"), out _)).ThreadGroupId is { } group && group != id;

    /// <summary>What there is of a process now.</summary>
    internal ProcessPresence Read(int id, out ProcessRecord? process)
    {
        process = null;
        var stat = new ProcessStatText(_file.Read(Path(id, "stat"), out var errno));
        if (stat.Name is not { } name)
            return PresenceAfter(errno);
        // Kernel threads make no semaphore calls; they only would make every set of root's look watched by 150
        // "processes".
        if (stat.IsKernelThread)
            return ProcessPresence.Seen;

        var draft = new Draft(id, stat.ThreadCount, stat.IsEnded);
        var presence = ProcessPresence.Seen;
        var wasTried = !budget.IsSpent;
        var isExamined =
            budget.TryExamine(deadline => presence = ReadThreads(draft, deadline)) && _memberships <= MostMemberships;
        if (isExamined && presence != ProcessPresence.Seen)
            return presence;

        process = new ProcessRecord
        {
            Id = id,
            Name = name,
            ParentId = stat.ParentId,
            SessionId = stat.SessionId,
            StartTime = bootTime + stat.StartTicks / _ticksPerSecond,
            IsAlive = draft.IsAlive,
            IsExamined = isExamined || !draft.IsAlive,
            WasTried = wasTried,
            UserId = draft.UserId,
            UserIds = draft.Threads.Users,
            GroupIds = isExamined ? draft.Threads.Groups : [],
            Powers = isExamined ? draft.Powers : IdentityPowers.Unlimited,
            IpcNamespaceIds = isExamined ? draft.Threads.IpcNamespaces : null,
        };
        return ProcessPresence.Seen;
    }

    /// <summary>What is known of a process when its threads are read, and what comes of that.</summary>
    private sealed class Draft(int id, int threadCount, bool isMainEnded)
    {
        internal int Id => id;

        internal int ThreadCount => threadCount;

        // Dead is only what has no thread but an ended one. With more of them, one lives though none could be read:
        // they may replace each other, or one is taking the main thread's place (execve does that).
        internal bool IsAlive { get; set; } = threadCount > 1 || !isMainEnded;

        internal uint? UserId { get; set; }

        internal ThreadIdentities Threads { get; } = new();

        internal IdentityPowers? Powers { get; set; }
    }

    private ProcessPresence ReadThreads(Draft draft, Deadline deadline)
    {
        var id = draft.Id;
        var status = ReadStatus(Path(id, "status"), deadline, out var errno);
        if (errno != 0)
            return PresenceAfter(errno);
        if (status.ThreadGroupId != id)
            return ProcessPresence.Gone;
        draft.UserId = status.EffectiveUserId;
        draft.IsAlive |= !status.IsEnded;
        var threads = draft.Threads;
        if (draft.IsAlive && !status.IsEnded)
            threads.TryAdd(status, $"/proc/{id}");
        if (draft.ThreadCount > 1 && !ReadThreads(id, threads, deadline))
            return ProcessPresence.Hidden;
        // The buffer that the main thread's status was in has since been used for others.
        if (draft.IsAlive && threads.Users.Count == 0)
            threads.AddUnplaced(ReadStatus(Path(id, "status"), deadline, out _));
        // All threads of a process are in one user namespace (setns(2), unshare(2)).
        if (threads.MayTakeOthers)
            draft.Powers = _userNamespaces.PowersOf($"/proc/{id}");
        _memberships += threads.Groups.Count;
        return ProcessPresence.Seen;
    }

    private ProcessStatusText ReadStatus(string path, Deadline deadline, out int errno) =>
        new(_file.Read(path, out errno, deadline, LargestStatus));

    // Anything but "not there" leaves open what is there: too few file descriptors are no proof of death.
    private static ProcessPresence PresenceAfter(int errno) =>
        errno == 0 || Errno.HasEnded(errno) ? ProcessPresence.Gone : ProcessPresence.Hidden;

    // Where threads vanish while they are listed, they are listed again: their successors may be others. Where that
    // never ends, what was seen in any of the passes counts: of a thread that each time has a successor one pass misses
    // a fourth (measured), and all ten none.
    private bool ReadThreads(int id, ThreadIdentities threads, Deadline deadline)
    {
        const int maximumPasses = 10;
        var isStill = false;
        for (var pass = 0; pass < maximumPasses && !isStill; pass++)
        {
            if (ProcFolder.Threads(id) is not { } threadIds)
                return false;
            isStill = true;
            foreach (var (thread, _) in threadIds)
            {
                var status = ReadStatus($"/proc/{id}/task/{thread}/status", deadline, out var errno);
                if (PresenceAfter(errno) == ProcessPresence.Hidden)
                    return false;
                isStill &= errno == 0 && (status.IsEnded || threads.TryAdd(status, $"/proc/{id}/task/{thread}"));
            }
        }

        return true;
    }

    private static string Path(int id, string file) =>
        string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/{file}");
}
