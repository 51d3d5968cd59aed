using System.Buffers.Text;
using System.Diagnostics;
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
/// Reads processes from /proc: all of them in one pass, or one by its number.
/// </summary>
internal sealed class ProcessScanner : ILateLooks
{
    private const int MaximumLists = 10;

    private const string NoList = "the processes can't be listed whole (no right to, or too few file descriptors)";

    private readonly ProcFile _file = new();
    private readonly ProcessProbe _probe;
    private AttachmentSearch? _attachments;

    internal ProcessScanner(ExaminationBudget? budget = null)
    {
        Budget = budget ?? new();
        MappedFiles = new MappedFiles(Budget);
        var bootTime = ReadStatistic("btime");
        _probe = new ProcessProbe(Budget, bootTime);
        Clock = ClockSteps.Read(bootTime);
        Viewpoint = Viewpoint.Read();
    }

    /// <summary>From where we look, and what is out of sight from there.</summary>
    internal Viewpoint Viewpoint { get; }

    /// <summary>What is known of the clock that objects and processes are dated by.</summary>
    internal ClockSteps Clock { get; init; }

    /// <summary>The time that there is for looking at them.</summary>
    internal ExaminationBudget Budget { get; }

    private AttachmentSearch Attachments => _attachments ??= new(Budget);

    /// <summary>What the processes can call.</summary>
    internal MappedFiles MappedFiles { get; }

    /// <summary>
    /// One pass over all processes. A process that lives during the whole pass is in the result, or counted as
    /// unreadable.
    /// </summary>
    /// <param name="callsOf">
    /// Of whom to look up at once what they can call. That costs more than to do it when it is asked for, and misses
    /// fewer of those that live for milliseconds. Null for nobody.
    /// </param>
    /// <exception cref="IpcUnavailableException">The processes can't be listed.</exception>
    /// <exception cref="OperationCanceledException">The user has ended the pipeline.</exception>
    internal ProcessTable Scan(Func<ProcessRecord, bool>? callsOf = null)
    {
        var start = Stopwatch.GetTimestamp();
        var forks = ReadStatistic("processes");
        var pass = new Pass(callsOf ?? (_ => false));
        _probe.StartPass();
        // Who ended while others were read may have a successor, be it of the same number, which then is new on the
        // next list and read at once. A list with nobody new on it had everybody who lived at that time; but for a
        // parent that ended before its number came up and whose child got a lower one, as happens where the numbers
        // begin anew. That doesn't happen twice in a row.
        var quietLists = 0;
        var isStill = false;
        for (var list = 0; list < MaximumLists && quietLists < 2 && !isStill; list++)
        {
            quietLists = ReadNew(pass) ? 0 : quietLists + 1;
            // Where nothing was forked meanwhile nobody can have been missed.
            isStill = forks is not null && forks == ReadStatistic("processes");
        }

        // Out of file descriptors or memory, a list can come out short. We ourselves must be on it.
        var processes = pass.Processes.Values;
        if (Viewpoint.IsProcOurs && !processes.Any(process => process.Id == Viewpoint.ProcessId))
            throw Errno.ToUnavailable(NoList, "/proc");
        return new ProcessTable(processes, pass.Hidden, start, isWhole: isStill || quietLists == 2);
    }

    /// <summary>What one pass has found so far.</summary>
    private sealed class Pass(Func<ProcessRecord, bool> callsOf)
    {
        internal Func<ProcessRecord, bool> CallsOf => callsOf;

        /// <summary>The processes that were listed, each by its number and the inode of its folder.</summary>
        internal HashSet<(int, ulong)> Listed { get; } = [];

        internal Dictionary<(int, double?), ProcessRecord> Processes { get; } = [];

        internal int Hidden { get; set; }
    }

    /// <summary>Lists the processes, and reads those that were on no list before.</summary>
    /// <returns>Whether there were any.</returns>
    private bool ReadNew(Pass pass)
    {
        var before = pass.Listed.Count;
        foreach (var entry in ProcFolder.Processes() ?? throw Errno.ToUnavailable(NoList, "/proc"))
        {
            Budget.CheckStop();
            if (!pass.Listed.Add(entry))
                continue;
            var presence = _probe.Read(entry.Id, out var process);
            if (presence == ProcessPresence.Hidden)
                pass.Hidden++;
            if (process is null)
                continue;
            if (process.IsAlive && pass.CallsOf(process))
                process = process with { HasCalls = true, Calls = CallsOf(process) };
            pass.Processes[(process.Id, process.StartTime)] = process;
        }

        return pass.Listed.Count > before;
    }

    /// <inheritdoc/>
    public IpcCalls? CallsOf(ProcessRecord process) =>
        process.HasCalls ? process.Calls : MappedFiles.CallsOf(process.Id, process.StartTime);

    /// <inheritdoc/>
    public WaiterFindings Waiters(IpcCalls calls, IEnumerable<ProcessRecord> processes) =>
        new WaiterSearch(calls, Budget, Viewpoint.MayTraceAll).Find(processes);

    /// <inheritdoc/>
    public ILookup<int, SegmentMapping> Mappings(IEnumerable<ProcessRecord> processes) => Attachments.Find(processes);

    /// <inheritdoc/>
    public long? BirthOf(SegmentMapping mapping) => Attachments.BirthOf(mapping);

    /// <inheritdoc/>
    public ProcessPresence Look(int id, out ProcessRecord? process)
    {
        process = null;
        Budget.CheckStop();
        if (!Exists(id))
            return ProcessPresence.Gone;
        if (!Viewpoint.IsProcOurs)
            return ProcessPresence.Hidden;
        var presence = _probe.Read(id, out process);
        // Under hidepid the folder looks as if it weren't there: ask the kernel again whether the process has just
        // ended.
        return presence == ProcessPresence.Gone && Exists(id) && !_probe.IsThreadOfAnother(id)
            ? ProcessPresence.Hidden
            : presence;
    }

    // EPERM says that there is a process that isn't ours to signal.
    private static bool Exists(int id) => Libc.Kill(id, 0) == 0 || Libc.LastError != Errno.ESRCH;

    private double? ReadStatistic(string name)
    {
        var text = _file.Read("/proc/stat", out _);
        var label = System.Text.Encoding.ASCII.GetBytes($"\n{name} ");
        var start = text.IndexOf(label);
        return start >= 0 && Utf8Parser.TryParse(text[(start + label.Length)..], out long value, out _) ? value : null;
    }
}
