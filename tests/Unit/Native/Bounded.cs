using System.Diagnostics;

namespace PSSysVIpc.Tests.Native;

/// <summary>
/// Reading what others wrote must neither take long nor eat the machine's memory, whatever they wrote.
/// </summary>
internal static class Bounded
{
    private const int Most = 16 * 1024 * 1024;

    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(30);

    internal static T Run<T>(Func<T> read)
    {
        var clock = Stopwatch.StartNew();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var answer = read();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Most);
        Assert.True(clock.Elapsed < s_longest, $"Reading took {clock.Elapsed}.");
        return answer;
    }
}
