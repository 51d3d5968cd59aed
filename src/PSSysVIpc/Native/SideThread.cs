using System.Runtime.ExceptionServices;

namespace PSSysVIpc.Native;

/// <summary>
/// A thread for what may hang in the kernel, where nothing can interrupt it: such a call is left behind, and the next
/// one gets a new thread.
/// </summary>
internal sealed class SideThread
{
    // Nobody has to end it: a namespace that it is in lives no longer than this after the last use.
    private static readonly TimeSpan s_idleTime = TimeSpan.FromSeconds(1);

    private Worker? _worker;

    /// <summary>Runs something there and waits for it. What it throws is thrown here.</summary>
    /// <param name="work">What to do.</param>
    /// <param name="patience">How long to wait.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <returns>
    /// False where it hasn't come back in time, and may still be at it; or where there can be no more threads.
    /// </returns>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    internal bool TryRun(Action work, TimeSpan patience, CancellationToken stop)
    {
        var job = new Job(work);
        if (_worker?.TryTake(job) != true && (_worker = Worker.Start(job)) is null)
            return false;
        var isDone = false;
        try
        {
            isDone = job.Wait(patience, stop);
        }
        finally
        {
            if (!isDone)
                _worker = null;
        }

        if (isDone)
            job.ThrowFailure();
        return isDone;
    }

    private sealed class Job(Action work)
    {
        private readonly TaskCompletionSource _done = new();
        private ExceptionDispatchInfo? _failure;

        internal void Run()
        {
            try
            {
                work();
            }
#pragma warning disable CA1031 // Whatever it is, it is thrown where somebody waits for it.
            catch (Exception e)
#pragma warning restore CA1031
            {
                _failure = ExceptionDispatchInfo.Capture(e);
            }

            _done.SetResult();
        }

        internal bool Wait(TimeSpan patience, CancellationToken stop) =>
            _done.Task.Wait((int)patience.TotalMilliseconds, stop);

        internal void ThrowFailure() => _failure?.Throw();
    }

    private sealed class Worker
    {
        private readonly object _gate = new();
        private Job? _next;
        private bool _hasEnded;

        private Worker(Job first) => _next = first;

        /// <returns>Null where no thread can be started.</returns>
        internal static Worker? Start(Job first)
        {
            var worker = new Worker(first);
            return OwnThread.TryStart(worker.Run) is null ? null : worker;
        }

        internal bool TryTake(Job job)
        {
            lock (_gate)
            {
                if (_hasEnded)
                    return false;
                _next = job;
                Monitor.Pulse(_gate);
                return true;
            }
        }

        private void Run()
        {
            while (Take() is { } job)
                job.Run();
        }

        private Job? Take()
        {
            lock (_gate)
            {
                if (_next is null)
                    Monitor.Wait(_gate, s_idleTime);
                (var job, _next) = (_next, null);
                _hasEnded = job is null;
                return job;
            }
        }
    }
}
