using System.Runtime.InteropServices;

namespace PSSysVIpc.Tests.Support;

/// <summary>
/// What the calling thread has had of the processor. What other threads and other processes do isn't in it, as it would
/// be in the time of the clock on the wall.
/// </summary>
internal static partial class ProcessorTime
{
    // CLOCK_THREAD_CPUTIME_ID (clock_gettime(2)).
    private const int OfThread = 3;

    internal static TimeSpan Of(Action work)
    {
        var before = Now;
        work();
        return Now - before;
    }

    internal static TimeSpan Now =>
        clock_gettime(OfThread, out var time) == 0
            ? TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1000)
            : throw new InvalidOperationException("This thread has no clock.");

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        internal nint Seconds;
        internal nint Nanoseconds;
    }

    [LibraryImport("libc")]
    private static partial int clock_gettime(int clock, out Time time);
}
