using System.Diagnostics;

namespace PSSysVIpc.Tests.Support;

internal static class Wait
{
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Waits until something is so; fails when it doesn't come about.</summary>
    internal static void Until(Func<bool> isSo, string what)
    {
        var clock = Stopwatch.StartNew();
        while (!isSo())
        {
            Assert.True(clock.Elapsed < Patience, $"Waited {Patience.TotalSeconds} s in vain: {what}.");
            Thread.Sleep(5);
        }
    }
}
