using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using PSSysVIpc.Native;

namespace PSSysVIpc.Processes;

/// <summary>Whether a process is there, as far as can be told from here.</summary>
internal enum ProcessPresence
{
    /// <summary>No such process.</summary>
    Gone,

    /// <summary>It is there and was read.</summary>
    Seen,

    /// <summary>It is there, or something of that number is, and /proc doesn't show it to us.</summary>
    Hidden,
}

/// <summary>
/// Reads processes from /proc: all of them in one pass, or one by its number. Of the files that it reads none makes a
/// reader wait (fs/proc/array.c takes no lock that a process can hold), but there can be very many.
/// </summary>
internal sealed class ProcessScanner : ILateLooks
{
    private const int MaximumLists = 10;

    // The kernel lets a process be in 65,536 groups (NGROUPS_MAX), and a file of status is longer by those.
    private const int LargestStatus = 1 << 21;

    // Of all processes together: thousands of times what a machine has, and few enough to be kept.
    private const int MostMemberships = 1 << 20;
    private const string NoList = "the processes can't be listed whole (no right to, or too few file descriptors)";

    private readonly ProcFile _file = new();
    private readonly double _ticksPerSecond = Math.Max(1, Libc.ClockTicksPerSecond());
    private readonly double? _bootTime;

    private int _memberships;

    internal ProcessScanner(ExaminationBudget? budget = null)
    {
        Budget = budget ?? new();
        MappedFiles = new MappedFiles(Budget);
        _bootTime = ReadStatistic("btime");
        Clock = ClockSteps.Read(_bootTime);
        Viewpoint = Viewpoint.Read();
    }

    /// <summary>From where we look, and what is out of sight from there.</summary>
    internal Viewpoint Viewpoint { get; }

    /// <summary>What is known of the clock that objects and processes are dated by.</summary>
    internal ClockSteps Clock { get; init; }

    /// <summary>The time that there is for looking at them.</summary>
    internal ExaminationBudget Budget { get; }

    /// <summary>What the processes can call.</summary>
    internal MappedFiles MappedFiles { get; }

    /// <summary>
    /// One pass over all processes. A process that lives during the whole pass is in the result, or counted as
    /// unreadable.
    /// </summary>
    /// <param name="withCalls">
    /// Looks up at once what those can call that may open all objects. That costs more than to do it when it is asked
    /// for, and misses fewer of those that live for milliseconds.
    /// </param>
    /// <exception cref="IpcUnavailableException">The processes can't be listed.</exception>
    /// <exception cref="OperationCanceledException">The user has ended the pipeline.</exception>
    internal ProcessTable Scan(bool withCalls = false)
    {
        var start = Stopwatch.GetTimestamp();
        var forks = ReadStatistic("processes");
        var processes = new Dictionary<(int, double?), ProcessRecord>();
        var hidden = 0;
        var listed = new HashSet<(int, ulong)>();
        // Who ended while others were read may have a successor, be it of the same number, which then is new on the
        // next list and read at once. A list with nobody new on it had everybody who lived at that time; but for a
        // parent who ended before his number came up and whose child got a lower one, as happens where the numbers
        // begin anew. That doesn't happen twice in a row.
        var quietLists = 0;
        var isStill = false;
        _memberships = 0;
        for (var list = 0; list < MaximumLists && quietLists < 2 && !isStill; list++)
        {
            var before = listed.Count;
            foreach (var entry in ProcFolder.Processes() ?? throw Errno.ToUnavailable(NoList, "/proc"))
            {
                Budget.CheckStop();
                if (!listed.Add(entry))
                    continue;
                switch (Read(entry.Id, out var process))
                {
                    case ProcessPresence.Seen when process is not null:
                        processes[(process.Id, process.StartTime)] =
                            withCalls && process.IsAlive && process.MayOpenAll
                                ? process with
                                {
                                    HasCalls = true,
                                    Calls = MappedFiles.CallsOf(process.Id, process.StartTime),
                                }
                                : process;
                        break;
                    case ProcessPresence.Hidden:
                        hidden++;
                        break;
                }
            }

            quietLists = listed.Count == before ? quietLists + 1 : 0;
            // Where nothing was forked meanwhile nobody can have been missed.
            isStill = forks is not null && forks == ReadStatistic("processes");
        }

        // Out of file descriptors or memory, a list can come out short. We ourselves must be on it.
        if (Viewpoint.IsProcOurs && !processes.Values.Any(process => process.Id == Viewpoint.ProcessId))
            throw Errno.ToUnavailable(NoList, "/proc");
        return new ProcessTable(processes.Values, hidden, start, isWhole: isStill || quietLists == 2);
    }

    /// <inheritdoc/>
    public IpcCalls? CallsOf(ProcessRecord process) =>
        process.HasCalls ? process.Calls : MappedFiles.CallsOf(process.Id, process.StartTime);

    /// <inheritdoc/>
    public IReadOnlyDictionary<int, WaitingThreads> WaitersOnSemaphores(IEnumerable<ProcessRecord> processes) =>
        Waiters.OnSemaphores(processes, Budget);

    /// <inheritdoc/>
    public ProcessPresence Look(int id, out ProcessRecord? process)
    {
        process = null;
        Budget.CheckStop();
        if (!Exists(id))
            return ProcessPresence.Gone;
        if (!Viewpoint.IsProcOurs)
            return ProcessPresence.Hidden;
        var presence = Read(id, out process);
        // Under hidepid the folder looks as if it weren't there: ask the kernel again whether the process has just
        // ended.
        return presence == ProcessPresence.Gone && Exists(id) && !IsThreadOfAnother(id)
            ? ProcessPresence.Hidden
            : presence;
    }

    // EPERM says that there is a process that isn't ours to signal.
    private static bool Exists(int id) => Libc.Kill(id, 0) == 0 || Libc.LastError != Errno.ESRCH;

    /// <summary>
    /// A number that was a process may since have been given to a thread, which /proc shows when asked by name.
    /// </summary>
    private bool IsThreadOfAnother(int id) =>
        new ProcessStatusText(_file.Read(Path(id, "status"), out _)).ThreadGroupId is { } group && group != id;

    private ProcessPresence Read(int id, out ProcessRecord? process)
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
        var wasTried = !Budget.IsSpent;
        var isExamined =
            Budget.TryExamine(deadline => presence = ReadThreads(draft, deadline)) && _memberships <= MostMemberships;
        if (isExamined && presence != ProcessPresence.Seen)
            return presence;

        process = new ProcessRecord
        {
            Id = id,
            Name = name,
            ParentId = stat.ParentId,
            SessionId = stat.SessionId,
            StartTime = _bootTime + stat.StartTicks / _ticksPerSecond,
            IsAlive = draft.IsAlive,
            IsExamined = isExamined || !draft.IsAlive,
            WasTried = wasTried,
            UserId = draft.UserId,
            UserIds = draft.Threads.Users,
            GroupIds = isExamined ? draft.Threads.Groups : [],
            MayOpenAll = draft.Threads.MayOpenAll || !isExamined,
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

        internal Threads Threads { get; } = new();
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
        _memberships += threads.Groups.Count;
        return ProcessPresence.Seen;
    }

    private ProcessStatusText ReadStatus(string path, Deadline deadline, out int errno) =>
        new(_file.Read(path, out errno, deadline, LargestStatus));

    // Anything but "not there" leaves open what is there: too few file descriptors are no proof of death.
    private static ProcessPresence PresenceAfter(int errno) =>
        errno is 0 or Errno.ENOENT or Errno.ESRCH ? ProcessPresence.Gone : ProcessPresence.Hidden;

    // Where threads vanish while they are listed, they are listed again: their successors may be others. Where that
    // never ends, what was seen in any of the passes counts: of a thread that each time has a successor one pass misses
    // a fourth (measured), and all ten none.
    private bool ReadThreads(int id, Threads threads, Deadline deadline)
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

    /// <summary>What the threads of a process have, taken together.</summary>
    private sealed class Threads
    {
        // To become any user, and to open any IPC object.
        private const ulong RootsRights = 1 << 7 | 1 << 15;

        // Each thread can have others. Twice what the kernel lets one thread have.
        private const int MostIdentities = 1 << 17;

        internal HashSet<uint> Users { get; } = [];

        internal HashSet<uint> Groups { get; } = [];

        internal bool MayOpenAll { get; private set; }

        internal HashSet<ulong>? IpcNamespaces { get; private set; } = [];

        /// <returns>
        /// False where the thread has ended since its status was read: then it has no namespace any more.
        /// </returns>
        internal bool TryAdd(ProcessStatusText status, string folder)
        {
            // Also of one that ends just now: what takes its place is most likely of the same user.
            AddIdentity(status);
            // Of a thread that has just gone, the kernel says that one may not read its namespace.
            var inode = NamespaceLink.Read($"{folder}/ns/ipc");
            if (
                inode is null
                && (Libc.LastError is Errno.ENOENT or Errno.ESRCH || !Libc.TryStat($"{folder}/stat", out _))
            )
                return false;
            if (inode is not { } known)
                IpcNamespaces = null;
            else
                IpcNamespaces?.Add(known);
            return true;
        }

        /// <summary>A thread of which only its status is known.</summary>
        internal void AddUnplaced(ProcessStatusText status)
        {
            AddIdentity(status);
            IpcNamespaces = null;
        }

        private void AddIdentity(ProcessStatusText status)
        {
            status.AddUsers(Users);
            status.AddGroups(Groups);
            if (Users.Count > MostIdentities || Groups.Count > MostIdentities)
                throw new ExaminationException();
            // What a thread is permitted to it may make effective at any time.
            MayOpenAll |= Users.Contains(0u) || (status.PermittedCapabilities & RootsRights) != 0;
        }
    }

    private static string Path(int id, string file) =>
        string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/{file}");

    private double? ReadStatistic(string name)
    {
        var text = _file.Read("/proc/stat", out _);
        var label = System.Text.Encoding.ASCII.GetBytes($"\n{name} ");
        var start = text.IndexOf(label);
        return start >= 0 && Utf8Parser.TryParse(text[(start + label.Length)..], out long value, out _) ? value : null;
    }
}
