using System.Diagnostics;
using PSSysVIpc.Accounts;
using PSSysVIpc.Ipc;
using PSSysVIpc.Native;
using PSSysVIpc.Processes;
using PSSysVIpc.Status;

namespace PSSysVIpc.Commands;

/// <summary>
/// Judges objects for one pipeline: keeps the picture of the host and the names, and knows when the picture is too old.
/// </summary>
internal sealed class Inspector
{
    /// <summary>How old a process table may be when a removal is decided from it.</summary>
    internal static readonly TimeSpan MaximumAge = TimeSpan.FromSeconds(1);

    private const int MaximumPasses = 10;
    private static readonly TimeSpan s_ageOfWaiters = TimeSpan.FromMilliseconds(50);

    private readonly IpcKernel _kernel;
    private readonly bool _namesAttached;
    private readonly ProcessScanner _scanner;
    private HostSnapshot? _host;
    private StatusJudge? _judge;
    private int _passes;
    private TimeSpan _scanTime;
    private bool _isProblemTold;

    /// <param name="kernel">Where the objects are.</param>
    /// <param name="stop">Ends whatever takes long.</param>
    /// <param name="names">Where names are looked up; null for a new one.</param>
    /// <param name="tick">Called for each process that is looked at.</param>
    /// <param name="namesAttached">Whether those that have an object mapped are to be named.</param>
    internal Inspector(
        IpcKernel kernel,
        CancellationToken stop,
        AccountNames? names = null,
        Action? tick = null,
        bool namesAttached = false
    )
    {
        _kernel = kernel;
        _namesAttached = namesAttached;
        _scanner = new ProcessScanner(new ExaminationBudget(stop: stop, tick: tick));
        Names = names ?? new AccountNames(stop: stop);
    }

    internal AccountNames Names { get; }

    /// <summary>As whom the caller acts.</summary>
    internal uint EffectiveUserId => _scanner.Viewpoint.EffectiveUserId;

    /// <summary>
    /// Reads the processes if that hasn't been done, or was too long ago. Where all objects are read before them, a
    /// last process that still lives is in the table; one that isn't is looked at on its own.
    /// </summary>
    /// <returns>Whether they were read again.</returns>
    internal bool RefreshProcesses(TimeSpan maximumAge)
    {
        if (_host is { } host && host.Processes.Age < maximumAge)
            return false;
        var start = Stopwatch.GetTimestamp();
        Take(_scanner.Scan(), before: null);
        _scanTime = Stopwatch.GetElapsedTime(start);
        _passes = 1;
        return true;
    }

    /// <summary>
    /// How old the processes may be for the last look at an object of which only they say who waits on it: a twentieth
    /// of a second or, so that most of the time is not spent on them, ten times what it takes to read them; at most
    /// what goes for others.
    /// </summary>
    internal TimeSpan MaximumAgeOfWaiters
    {
        get
        {
            var age = _scanTime * 10 > s_ageOfWaiters ? _scanTime * 10 : s_ageOfWaiters;
            return age < MaximumAge ? age : MaximumAge;
        }
    }

    /// <summary>
    /// Judges an object. Before it says Orphaned it makes sure that no process was missed: as long as one may have been
    /// it looks again, ten times in all, and what any pass saw counts. Where that never came about, a doubt is left.
    /// </summary>
    internal Verdict Judge(IpcFacts facts)
    {
        _scanner.Budget.CheckStop();
        RefreshProcesses(TimeSpan.MaxValue);
        var verdict = _judge!.Judge(facts);
        for (; verdict.Status == IpcStatus.Orphaned && _judge.MayHaveMissed && _passes < MaximumPasses; _passes++)
        {
            Take(_host!.Processes.With(_scanner.Scan(process => IsLookedAt(process, facts))), _judge);
            verdict = _judge.Judge(facts);
        }

        return verdict.Status == IpcStatus.Orphaned && _judge.MayHaveMissed ? _judge.Doubt(verdict) : verdict;
    }

    /// <summary>Why names can't be looked up; null when they can, or when it was told already.</summary>
    internal string? TakeNameProblem()
    {
        if (_isProblemTold || Names.Problem is null)
            return null;
        _isProblemTold = true;
        return Names.Problem;
    }

    private static bool IsLookedAt(ProcessRecord process, IpcFacts facts) =>
        process.Powers is not null || facts.Row.IsOpenToAll;

    private void Take(ProcessTable processes, StatusJudge? before)
    {
        _host = new()
        {
            Processes = processes,
            Viewpoint = _scanner.Viewpoint,
            Clock = _scanner.Clock,
            NamespaceId = _kernel.NamespaceId,
            Owners = _kernel.Owners,
            Names = Names,
            Looks = _scanner,
            NamesAttached = _namesAttached,
        };
        _judge = new(_host, before);
    }
}
