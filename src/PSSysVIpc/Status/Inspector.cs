using PSSysVIpc.Accounts;
using PSSysVIpc.Kernel;

namespace PSSysVIpc.Status;

/// <summary>
/// Judges objects for one pipeline: keeps the process table and the names, and knows when the table is too old.
/// </summary>
internal sealed class Inspector(IpcKernel kernel, CancellationToken stop)
{
    /// <summary>How old a process table may be when a removal is decided from it.</summary>
    internal static readonly TimeSpan MaximumAge = TimeSpan.FromSeconds(1);

    private readonly ProcessScanner _scanner = kernel.Processes;
    private Scene? _scene;
    private bool _isProblemTold;

    internal AccountNames Names { get; } = new();

    internal Viewpoint Viewpoint => _scanner.Viewpoint;

    /// <summary>
    /// Reads the processes if that hasn't been done, or was too long ago. Objects are read first and the processes
    /// after them: so an operator that still lives is in the table.
    /// </summary>
    /// <returns>Whether they were read again.</returns>
    internal bool RefreshProcesses(TimeSpan maximumAge)
    {
        if (_scene is { } scene && scene.Processes.Age < maximumAge)
            return false;
        _scene = new Scene(_scanner, _scanner.Scan(stop), Names, TimeProvider.System);
        return true;
    }

    internal Verdict Judge(Observation observation)
    {
        if (_scene is null)
            RefreshProcesses(MaximumAge);
        return StatusJudge.Judge(observation.ToEvidence(), _scene!);
    }

    /// <summary>Why names can't be looked up; null when they can, or when it was told already.</summary>
    internal string? TakeNameProblem()
    {
        if (_isProblemTold || Names.Problem is null)
            return null;
        _isProblemTold = true;
        return Names.Problem;
    }
}
