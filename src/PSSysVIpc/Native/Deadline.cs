using System.Diagnostics;

namespace PSSysVIpc.Native;

/// <summary>
/// Until when one examination must be over. Whatever reads what others control checks it again and again.
/// </summary>
internal sealed class Deadline
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly CancellationToken _stop;

    internal Deadline(TimeSpan time, CancellationToken stop)
    {
        Time = time;
        _stop = stop;
    }

    /// <summary>How long it may take in all.</summary>
    internal TimeSpan Time { get; }

    /// <summary>How long it has taken so far.</summary>
    internal TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start);

    /// <exception cref="ExaminationException">It is over.</exception>
    /// <exception cref="OperationCanceledException">The user has ended the pipeline.</exception>
    internal void Check()
    {
        _stop.ThrowIfCancellationRequested();
        if (Elapsed >= Time)
            throw new ExaminationException();
    }
}
