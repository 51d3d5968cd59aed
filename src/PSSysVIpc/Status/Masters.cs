using PSSysVIpc.Kernel;

namespace PSSysVIpc.Status;

/// <summary>
/// Root processes that could be the master of dead workers: an Apache whose children have all died has no process of
/// its user, and needs its sets when it starts new ones. Looked for only when an object would otherwise be Orphaned.
/// </summary>
internal sealed class Masters
{
    private readonly Scene _scene;
    private readonly ProcessRecord[] _byAge;
    private readonly Dictionary<IpcCalls, (int Examined, ProcessRecord? Oldest)> _progress = [];

    internal Masters(Scene scene)
    {
        _scene = scene;
        _byAge =
        [
            .. scene.Processes.All
                .Where(IsSuspect)
                .OrderBy(process => process.StartTime ?? double.NegativeInfinity),
        ];
    }

    /// <summary>The oldest such process that is old enough to have made an object, in words; null when there is none.</summary>
    /// <param name="changeTime">When the object was made or last changed, in seconds since the epoch.</param>
    /// <param name="calls">The calls that its users make.</param>
    internal string? Describe(long changeTime, IpcCalls calls)
    {
        var latest = changeTime + Candidates.InheritanceSeconds;
        var (examined, oldest) = _progress.GetValueOrDefault(calls);
        // The oldest decides for all objects, so no process is examined twice, and none that is too young.
        while (oldest is null && examined < _byAge.Length && !(_byAge[examined].StartTime > latest))
        {
            var process = _byAge[examined++];
            if ((_scene.Scanner.MappedFiles.CallsOf(process.Id) & calls) != 0)
                oldest = process;
        }

        _progress[calls] = (examined, oldest);
        return oldest is null || oldest.StartTime > latest
            ? null
            : $"{Wording.Describe(oldest, _scene)} could be the master of processes that used it: it has root's rights, is old enough, and may make such calls";
    }

    // Init is no server's master, and where it shields its maps from root, nothing would ever be Orphaned. Where a server
    // is pid 1, in a container, nothing is Orphaned anyway.
    private bool IsSuspect(ProcessRecord process) =>
        process.IsAlive && process.MayOpenAll && process.Id != 1 && process.Id != _scene.Viewpoint.ProcessId
        && !process.IsOutside(_scene.NamespaceId);
}
