using System.Buffers.Text;
using System.Globalization;

namespace PSSysVIpc.Kernel;

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

/// <summary>Reads processes from /proc: all of them in one pass, or one by its number.</summary>
internal sealed class ProcessScanner
{
    private readonly ProcFile _file = new();
    private readonly double _ticksPerSecond = Math.Max(1, Libc.ClockTicksPerSecond());
    private readonly double? _bootTime;

    internal ProcessScanner()
    {
        _bootTime = ReadStatistic("btime");
        Viewpoint = Viewpoint.Read();
    }

    /// <summary>From where we look, and what is out of sight from there.</summary>
    internal Viewpoint Viewpoint { get; }

    /// <summary>What the processes can call.</summary>
    internal MappedFiles MappedFiles { get; } = new();

    /// <summary>One pass over all processes. A process that lives during the whole pass is in the result.</summary>
    internal ProcessTable Scan(CancellationToken cancel)
    {
        var forks = ReadStatistic("processes");
        var processes = new List<ProcessRecord>();
        var hidden = 0;
        foreach (var id in EnumerateIds("/proc"))
        {
            cancel.ThrowIfCancellationRequested();
            switch (Read(id, out var process))
            {
                case ProcessPresence.Seen when process is not null: processes.Add(process); break;
                case ProcessPresence.Hidden: hidden++; break;
            }
        }

        // A family that replaces its one worker meanwhile can be missed: only a pass without any fork is sure.
        return new ProcessTable(processes, hidden, isWhole: forks is not null && forks == ReadStatistic("processes"));
    }

    /// <summary>
    /// One process, now. For one that isn't in a table: it may have begun since, or be hidden from us.
    /// </summary>
    internal ProcessPresence Look(int id, out ProcessRecord? process)
    {
        process = null;
        if (!Exists(id))
            return ProcessPresence.Gone;
        if (!Viewpoint.IsProcOurs)
            return ProcessPresence.Hidden;
        var presence = Read(id, out process);
        // Under hidepid the folder looks as if it weren't there: ask the kernel again whether the process has just ended.
        return presence == ProcessPresence.Gone && Exists(id) && !IsThreadOfAnother(id) ? ProcessPresence.Hidden : presence;
    }

    // EPERM says that there is a process that isn't ours to signal.
    private static bool Exists(int id) => Libc.Kill(id, 0) == 0 || Libc.LastError != Errno.ESRCH;

    /// <summary>A number that was a process may since have been given to a thread, which /proc shows when asked by name.</summary>
    private bool IsThreadOfAnother(int id) =>
        new ProcessStatusText(_file.Read(Path(id, "status"), out _)).ThreadGroupId is { } group && group != id;

    private ProcessPresence Read(int id, out ProcessRecord? process)
    {
        process = null;
        var stat = new ProcessStatText(_file.Read(Path(id, "stat"), out var errno));
        if (stat.Name is not { } name)
            return Errno.IsDenied(errno) ? ProcessPresence.Hidden : ProcessPresence.Gone;
        // Kernel threads make no semaphore calls; they only would make every set of root's look watched by 150 "processes".
        if (stat.IsKernelThread)
            return ProcessPresence.Seen;

        var status = new ProcessStatusText(_file.Read(Path(id, "status"), out errno));
        if (Errno.IsDenied(errno))
            return ProcessPresence.Hidden;
        if (status.ThreadGroupId != id)
            return ProcessPresence.Gone;

        // The next file read overwrites this one.
        var effectiveUser = status.EffectiveUserId;
        var threads = new Threads();
        if (stat.ThreadCount == 1)
            threads.Add(status, $"/proc/{id}/ns/ipc");
        else if (!ReadThreads(id, threads))
            return ProcessPresence.Hidden;

        process = new ProcessRecord
        {
            Id = id,
            Name = name,
            ParentId = stat.ParentId,
            SessionId = stat.SessionId,
            StartTime = _bootTime + stat.StartTicks / _ticksPerSecond,
            IsAlive = threads.IsOneAlive,
            UserId = effectiveUser,
            UserIds = threads.Users,
            GroupIds = threads.Groups,
            IpcNamespaceIds = threads.IpcNamespaces,
        };
        return ProcessPresence.Seen;
    }

    private bool ReadThreads(int id, Threads threads)
    {
        foreach (var thread in EnumerateIds(Path(id, "task")))
        {
            var status = new ProcessStatusText(_file.Read($"/proc/{id}/task/{thread}/status", out var errno));
            if (Errno.IsDenied(errno))
                return false;
            if (errno == 0)
                threads.Add(status, $"/proc/{id}/task/{thread}/ns/ipc");
        }

        return true;
    }

    /// <summary>What the living threads of a process have, taken together.</summary>
    private sealed class Threads
    {
        internal bool IsOneAlive { get; private set; }

        internal List<uint> Users { get; } = [];

        internal List<uint> Groups { get; } = [];

        internal List<ulong>? IpcNamespaces { get; private set; } = [];

        internal void Add(ProcessStatusText status, string namespaceLink)
        {
            if (status.IsEnded)
                return;
            IsOneAlive = true;
            status.AddUsers(Users);
            status.AddGroups(Groups);
            if (NamespaceLink.Read(namespaceLink) is not { } inode)
                IpcNamespaces = null;
            else if (IpcNamespaces?.Contains(inode) == false)
                IpcNamespaces.Add(inode);
        }
    }

    private static IEnumerable<int> EnumerateIds(string folder)
    {
        IEnumerator<string> entries;
        try
        {
            entries = Directory.EnumerateDirectories(folder).GetEnumerator();
        }
        catch (IOException)
        {
            yield break;
        }

        using (entries)
        {
            while (MoveNext(entries))
            {
                var name = System.IO.Path.GetFileName(entries.Current.AsSpan());
                if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                    yield return id;
            }
        }
    }

    // A process that ends while its threads are listed takes the folder with it.
    private static bool MoveNext(IEnumerator<string> entries)
    {
        try
        {
            return entries.MoveNext();
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static string Path(int id, string file) => string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/{file}");

    private double? ReadStatistic(string name)
    {
        var text = _file.Read("/proc/stat", out _);
        var label = System.Text.Encoding.ASCII.GetBytes($"\n{name} ");
        var start = text.IndexOf(label);
        return start >= 0 && Utf8Parser.TryParse(text[(start + label.Length)..], out long value, out _) ? value : null;
    }
}
