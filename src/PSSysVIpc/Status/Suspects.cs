using PSSysVIpc.Native;
using PSSysVIpc.Processes;

namespace PSSysVIpc.Status;

/// <summary>A process whose code makes the calls in question, for all that is known.</summary>
/// <param name="Process">The process.</param>
/// <param name="Calls">What its code can call.</param>
internal readonly record struct Suspect(ProcessRecord Process, IpcCalls Calls);

/// <summary>
/// Some processes, of which those are wanted whose code makes certain calls, the oldest family first.
/// </summary>
internal sealed class Suspects(IEnumerable<ProcessRecord> processes, HostSnapshot host, CodeLooks looks)
{
    private readonly ProcessRecord[] _byAge = [.. processes.OrderBy(process => host.Processes.FamilyOf(process).Start)];

    private readonly Dictionary<IpcCalls, Progress> _progress = [];

    /// <summary>
    /// Those whose family began at or before a time. None is looked at that is younger, or younger than the last that
    /// is asked for.
    /// </summary>
    internal IEnumerable<Suspect> Find(IpcCalls calls, double latest)
    {
        if (!_progress.TryGetValue(calls, out var progress))
            _progress[calls] = progress = new();
        for (var next = 0; ; next++)
        {
            while (next == progress.Found.Count && progress.Examined < _byAge.Length)
            {
                var process = _byAge[progress.Examined];
                if (!IsInTime(process, latest))
                    yield break;
                progress.Examined++;
                if (looks.Of(process) is var own && (own & calls) != 0)
                    progress.Found.Add(new(process, own));
            }

            if (next == progress.Found.Count || !IsInTime(progress.Found[next].Process, latest))
                yield break;
            yield return progress.Found[next];
        }
    }

    private bool IsInTime(ProcessRecord process, double latest) => host.Processes.FamilyOf(process).Start <= latest;

    private sealed class Progress
    {
        internal int Examined { get; set; }

        internal List<Suspect> Found { get; } = [];
    }
}
