using System.Diagnostics;

namespace PSSysVIpc.Tests.Support;

internal static class Wait
{
    // Only what has failed takes so long; a start of dotnet can take a minute on a machine that others keep busy.
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

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
