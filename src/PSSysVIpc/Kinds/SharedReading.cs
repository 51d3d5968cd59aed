using PSSysVIpc.Ipc;
using PSSysVIpc.Native;

namespace PSSysVIpc.Kinds;

/// <summary>
/// Shares the reading of many objects among threads, as most of its time goes into system calls. Each thread opens the
/// IPC namespace for itself, and takes part only where that is the first one's. What it can't do is left to the first.
/// </summary>
internal static class SharedReading
{
    // For fewer, what a thread costs eats up what it brings (measured with 1,000 objects on two cores).
    private const int LeastEach = 1_000;

    // The machine has other work, too.
    private const int MostThreads = 4;

    /// <summary>Reads one of the objects.</summary>
    /// <param name="kind">The kind, as opened by the thread that reads.</param>
    /// <param name="number">Which one.</param>
    /// <returns>False where the whole can't be read this way.</returns>
    internal delegate bool Step(IpcKind kind, int number);

    /// <summary>Does a step for each number from 0.</summary>
    /// <param name="kind">The kind, as opened by the calling thread.</param>
    /// <param name="count">How many steps.</param>
    /// <param name="step">Not called for the same number at once, nor again where it was true.</param>
    /// <param name="report">Called on the calling thread, with how many are done by now, or about that.</param>
    /// <returns>False where a step is: then not all are done.</returns>
    internal static bool TryForEach(IpcKind kind, int count, Step step, Action<int>? report = null)
    {
        var threads = Math.Clamp(count / LeastEach, 1, Math.Min(Environment.ProcessorCount, MostThreads));
        var shares = new Share[threads];
        for (var share = 0; share < threads; share++)
            shares[share] = new((int)((long)count * share / threads), (int)((long)count * (share + 1) / threads), step);
        try
        {
            foreach (var share in shares.AsSpan(1))
                share.BeginAside(kind);
            // The others are as far as this one.
            if (!shares[0].Run(kind, done => report?.Invoke(done * threads)))
                return false;
            foreach (var share in shares)
            {
                if (!share.Finish(kind))
                    return false;
            }

            return true;
        }
        finally
        {
            foreach (var share in shares)
                share.End();
        }
    }

    private sealed class Share(int first, int end, Step step)
    {
        private Thread? _thread;
        private int _done;
        private volatile bool _isEnded;

        internal bool Run(IpcKind kind, Action<int>? report = null)
        {
            for (; first + _done < end && !_isEnded; _done++)
            {
                if (!step(kind, first + _done))
                    return false;
                report?.Invoke(_done);
            }

            return true;
        }

        internal void BeginAside(IpcKind kind) => _thread = OwnThread.TryStart(() => RunAside(kind));

        /// <summary>Waits for the thread, and does what it left.</summary>
        internal bool Finish(IpcKind kind)
        {
            _thread?.Join();
            return Run(kind);
        }

        internal void End()
        {
            _isEnded = true;
            _thread?.Join();
        }

        private void RunAside(IpcKind asked)
        {
            try
            {
                var kernel = IpcKernel.OpenCurrent();
                if (kernel.NamespaceId == asked.Kernel.NamespaceId)
                    Run(IpcKinds.OfCmdlet(asked.CmdletNoun, kernel)!);
            }
#pragma warning disable CA1031 // The first thread does the same step again, and it fails there.
            catch (Exception)
#pragma warning restore CA1031
            { }
        }
    }
}
