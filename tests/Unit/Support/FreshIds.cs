namespace PSSysVIpc.Tests.Support;

/// <summary>User and group ids that no other process of the machine has, each given out once.</summary>
internal static class FreshIds
{
    private static int s_last = 1_300_000_000 + Environment.ProcessId % 100_000 * 2_000;

    internal static uint Next() => (uint)Interlocked.Increment(ref s_last);
}
