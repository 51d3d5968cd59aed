using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Verdicts;

/// <summary>What the commands must do with the set of a server that lives and isn't its last operator.</summary>
internal static class SparedSets
{
    /// <summary>Fails unless the set is kept for the server's sake, and nobody's when the server is gone.</summary>
    internal static void Check(Sandbox box, LiveServer server)
    {
        Sandbox.WaitOutRecentUse();

        // For moments another test's process may have a dead operator's number: then the set seems to be in use.
        IpcSemaphoreSet? set = null;
        Wait.Until(() => (set = Read(box, server)).Status != "InUse", "the dead operator's number is free");
        Assert.True(set!.Status == "Stale", $"{set.Status}: {set.StatusReason}");
        Assert.Contains(server.Description, set.StatusReason, StringComparison.Ordinal);
        Outcome? removal = null;
        Wait.Until(
            () => (removal = box.Invoke("Get-IpcSemaphore | Remove-IpcSemaphore")).ErrorIds is not ["IpcInUse"],
            "the dead operator's number is free"
        );
        removal!.Failing("IpcMayBeInUse");
        Assert.True(TestLibc.Exists(server.Set));
        server.Operate();
        // It was its last operator by that. What follows shows that nothing but this server kept it.
        server.Kill();
        Wait.Until(() => Judging.JudgeLater(server.Set).Status == "Orphaned", "the set is Orphaned");
    }

    private static IpcSemaphoreSet Read(Sandbox box, LiveServer server) =>
        Assert.Single(box.Invoke("Get-IpcSemaphore").Clean().Sets, set => set.Id == server.Set);
}
