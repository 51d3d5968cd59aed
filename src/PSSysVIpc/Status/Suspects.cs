using System.Runtime.InteropServices;
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
    /// <param name="calls">The calls.</param>
    /// <param name="latest">The time, in seconds since the epoch.</param>
    /// <param name="most">How many are wanted.</param>
    /// <returns>Good until the next are asked for.</returns>
    internal ReadOnlySpan<Suspect> Find(IpcCalls calls, double latest, int most = int.MaxValue)
    {
        if (!_progress.TryGetValue(calls, out var progress))
            _progress[calls] = progress = new();
        while (progress.Examined < _byAge.Length && progress.Found.Count < most)
        {
            var process = _byAge[progress.Examined];
            var start = host.Processes.FamilyOf(process).Start;
            if (start > latest)
                break;
            progress.Examined++;
            if (looks.Of(process) is var own && (own & calls) != 0)
            {
                progress.Found.Add(new(process, own));
                progress.Starts.Add(start);
            }
        }

        var inTime = SortedTimes.CountUntil(CollectionsMarshal.AsSpan(progress.Starts), latest);
        return CollectionsMarshal.AsSpan(progress.Found)[..Math.Min(inTime, most)];
    }

    private sealed class Progress
    {
        internal int Examined { get; set; }

        internal List<Suspect> Found { get; } = [];

        /// <summary>When their families began.</summary>
        internal List<double> Starts { get; } = [];
    }
}
