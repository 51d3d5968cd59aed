using PSSysVIpc.Accounts;
using PSSysVIpc.Ipc;
using PSSysVIpc.Kinds;
using PSSysVIpc.Native;
using PSSysVIpc.Processes;
using PSSysVIpc.Status;

namespace PSSysVIpc.Commands;

/// <summary>
/// Judges objects for one pipeline: keeps the process table and the names, and knows when the table is too old.
/// </summary>
internal sealed class Inspector
{
    /// <summary>How old a process table may be when a removal is decided from it.</summary>
    internal static readonly TimeSpan MaximumAge = TimeSpan.FromSeconds(1);

    private const int MaximumPasses = 10;

    private static readonly Reason s_restless = new(
        "nobody is seen to use it, but so many processes begin and end now that one can have been missed", "look again in a moment");

    private readonly IpcKernel _kernel;
    private readonly ProcessScanner _scanner;
    private Scene? _scene;
    private int _passes;
    private bool _isProblemTold;

    /// <param name="kernel">Where the objects are.</param>
    /// <param name="stop">Ends whatever takes long.</param>
    /// <param name="names">Where names are looked up; null for a new one.</param>
    internal Inspector(IpcKernel kernel, CancellationToken stop, AccountNames? names = null)
    {
        _kernel = kernel;
        _scanner = new ProcessScanner(new ExaminationBudget(stop: stop));
        Names = names ?? new AccountNames(stop: stop);
    }

    internal AccountNames Names { get; }

    internal Viewpoint Viewpoint => _scanner.Viewpoint;

    /// <summary>
    /// Reads the processes if that hasn't been done, or was too long ago. Where all objects are read before them, an
    /// operator that still lives is in the table; one that isn't is looked at on its own.
    /// </summary>
    /// <returns>Whether they were read again.</returns>
    internal bool RefreshProcesses(TimeSpan maximumAge)
    {
        if (_scene is { } scene && scene.Processes.Age < maximumAge)
            return false;
        _scene = SceneOf(_scanner.Scan());
        _passes = 1;
        return true;
    }

    /// <summary>
    /// Judges an object. Before it says Orphaned it makes sure that no process was missed: as long as one may have been
    /// it looks again, ten times in all, and what any pass saw counts. Where that never came about, a doubt is left.
    /// </summary>
    internal Verdict Judge(Observation observation)
    {
        _scanner.Budget.CheckStop();
        RefreshProcesses(TimeSpan.MaxValue);
        var evidence = observation.ToEvidence();
        var verdict = StatusJudge.Judge(evidence, _scene!);
        for (; verdict.Status == IpcStatus.Orphaned && MayHaveMissed(_scene!) && _passes < MaximumPasses; _passes++)
        {
            _scene = SceneOf(_scene!.Processes.With(_scanner.Scan(withCalls: true)), _scene);
            verdict = StatusJudge.Judge(evidence, _scene);
        }

        if (verdict.Status != IpcStatus.Orphaned || !MayHaveMissed(_scene!))
            return verdict;
        var (reason, grounds) = _scene!.Sentences.Write(IpcStatus.Stale, [s_restless]);
        return verdict with { Status = IpcStatus.Stale, Reason = reason, Grounds = grounds };
    }

    private static bool MayHaveMissed(Scene scene) => !scene.Processes.IsWhole || scene.Masters.HasMissed;

    private Scene SceneOf(ProcessTable processes, Scene? before = null) =>
        new(_scanner, processes, _kernel.NamespaceId, Names, TimeProvider.System, before);

    /// <summary>Why names can't be looked up; null when they can, or when it was told already.</summary>
    internal string? TakeNameProblem()
    {
        if (_isProblemTold || Names.Problem is null)
            return null;
        _isProblemTold = true;
        return Names.Problem;
    }
}
