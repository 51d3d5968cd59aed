using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Verdicts;

/// <summary>What the commands must do with the set of a server that lives and isn't its last operator.</summary>
internal static class SparedSets
{
    /// <summary>Fails unless the set is kept for the server's sake, and nobody's when the server is gone.</summary>
    internal static void Check(Sandbox box, LiveServer server)
    {
        Sandbox.WaitOutRecentUse();

        var set = Assert.Single(box.Invoke("Get-IpcSemaphore").Clean().Sets, set => set.Id == server.Set);
        Assert.True(set.Status == "Stale", $"{set.Status}: {set.StatusReason}");
        Assert.Contains(server.Description, set.StatusReason, StringComparison.Ordinal);
        box.Invoke("Get-IpcSemaphore | Remove-IpcSemaphore").Failing("IpcMayBeInUse");
        Assert.True(TestLibc.Exists(server.Set));
        server.Operate();
        // It was its last operator by that. What follows shows that nothing but this server kept it; for a moment another
        // test's process may have its number.
        server.Kill();
        Wait.Until(() => Judging.JudgeLater(server.Set).Status == "Orphaned", "the set is Orphaned");
    }
}
