using PSSysVIpc.Status;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Status;

/// <summary>What the commands must do with the set of a server that lives and isn't its last operator.</summary>
internal static class SparedSets
{
    /// <summary>Fails unless the set is Stale for the server's sake, and nobody's when the server is gone.</summary>
    internal static void Check(LiveServer server)
    {
        // For moments another test's process may have a dead operator's number, or who helped to start the server
        // lives.
        var verdict = default(Verdict);
        Wait.Until(
            () =>
            {
                verdict = Judging.JudgeLater(server.Set);
                return verdict.Status != "InUse"
                    && verdict.Reason.Contains(server.Description, StringComparison.Ordinal);
            },
            "the server is the reason"
        );
        Assert.True(verdict.Status == "Stale", verdict.Reason);
        CheckThatNothingElseKeepsIt(server);
    }

    /// <summary>The same by what the commands do.</summary>
    internal static void CheckCommands(Sandbox box, LiveServer server)
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
        CheckThatNothingElseKeepsIt(server);
    }

    private static void CheckThatNothingElseKeepsIt(LiveServer server)
    {
        server.Operate();
        // It was its last operator by that.
        server.Kill();
        Wait.Until(() => Judging.JudgeLater(server.Set).Status == "Orphaned", "the set is Orphaned");
    }

    private static IpcSemaphoreSet Read(Sandbox box, LiveServer server) =>
        Assert.Single(box.Invoke("Get-IpcSemaphore").Clean().Sets, set => set.Id == server.Set);
}
