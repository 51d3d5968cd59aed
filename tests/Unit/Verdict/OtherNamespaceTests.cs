using PSSysVIpc.Tests.Actor;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Verdicts;

/// <summary>Processes of the same user in another container can't reach a set.</summary>
public class OtherNamespaceTests
{
    [FactNeeding(Need.Root | Need.FirstPidNamespace | Need.UtilLinux)]
    public void A_process_of_the_owner_counts_in_the_sets_namespace_only() => Sandbox.Run(_ =>
    {
        var owner = FreshIds.Next();
        foreach (var id in new[] { Sandbox.MakeLeftover(owner), Sandbox.MakeLeftover(owner, key: 0x99) })
        {
            using (var elsewhere = LateComers.Start(owner, "unshare", "--ipc"))
                AssertStatus("Orphaned", id);
            using (var here = LateComers.Start(owner))
                AssertStatus("Stale", id, $"({here.Id}, {owner}, since ");
        }
    });

    [FactNeeding(Need.Root | Need.FirstPidNamespace | Need.UtilLinux)]
    public void A_root_process_that_could_be_a_master_counts_in_the_sets_namespace_only() => Sandbox.Run(_ =>
    {
        var id = Sandbox.MakeLeftover();
        using (ActorProcess.StartCommand("unshare", "--ipc", "perl", "-e", MasterTests.Sleep))
            AssertStatus("Orphaned", id);
    });

    private static void AssertStatus(string status, int id, string reason = "")
    {
        var verdict = Judging.JudgeLater(id);
        Assert.True(verdict.Status == status, verdict.Reason);
        Assert.Contains(reason, verdict.Reason, StringComparison.Ordinal);
    }
}
