using System.Diagnostics;

namespace PSSysVIpc.Tests.Support;

/// <summary>How often something is done that must come out the same every time.</summary>
internal static class Rounds
{
    private const int Least = 20;

    private static readonly TimeSpan s_time = TimeSpan.FromSeconds(4);

    /// <summary>
    /// As often as there is time for: many times on a machine with nothing else to do, and some on any.
    /// </summary>
    /// <param name="most">How often is enough.</param>
    internal static IEnumerable<int> UpTo(int most)
    {
        var clock = Stopwatch.StartNew();
        for (var round = 0; round < most && (round < Least || clock.Elapsed < s_time); round++)
            yield return round;
    }
}
