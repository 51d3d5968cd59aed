using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Apache;

/// <summary>The sets of a sandbox whose servers have crashed.</summary>
internal static class Leftovers
{
    // A process up to a minute younger than a set counts as one that may have inherited it; times are whole seconds.
    private static readonly TimeSpan s_tooLate = TimeSpan.FromSeconds(62);

    /// <summary>Waits until who begins now can't have inherited any of them.</summary>
    /// <returns>Their ids.</returns>
    internal static int[] WaitUntilNobodyInherits(Sandbox box)
    {
        var sets = box.Invoke("Get-IpcSemaphore").Clean().Sets;
        Assert.All(sets, set => Assert.Equal(0u, set.Key));
        var end = sets.Max(set => set.ChangeTime) + s_tooLate;
        while (DateTime.Now < end)
            Thread.Sleep(TimeSpan.FromSeconds(1));
        return [.. sets.Select(set => set.Id)];
    }

    internal static void CheckOrphaned(Sandbox box, int[] ids)
    {
        var sets = box.Invoke("$ids | ForEach-Object { Get-IpcSemaphore $_ }", ("ids", ids)).Clean().Sets;
        Assert.Equal(ids, sets.Select(set => set.Id));
        Assert.All(sets, set => Assert.True(set.Status == "Orphaned", set.StatusReason));
    }
}
