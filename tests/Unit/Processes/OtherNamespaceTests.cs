using PSSysVIpc.Tests.Actor;
using PSSysVIpc.Tests.Status;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Processes;

/// <summary>Processes of the same user in another container can't reach a set.</summary>
public class OtherNamespaceTests
{
    [FactNeeding(Need.Root | Need.FirstPidNamespace | Need.UtilLinux)]
    public void A_process_of_the_owner_counts_in_the_sets_namespace_only() =>
        Sandbox.Run(_ =>
        {
            var owner = FreshIds.Next();
            int keyless = Sandbox.MakeLeftover(owner),
                keyed = Sandbox.MakeLeftover(owner, key: 0x99);
            using (LateComers.Start(owner, "unshare", "--ipc"))
            {
                AssertStatus("Orphaned", keyless);
                Assert.Equal("Orphaned", Judging.JudgeTomorrow(keyed).Status);
            }

            using var here = LateComers.Start(owner);
            AssertStatus("Stale", keyless, $"({here.Id}, {owner}, since ");
            AssertStatus("Stale", keyed, $"({here.Id}, {owner}, since ");
        });

    [FactNeeding(Need.Root | Need.FirstPidNamespace | Need.UtilLinux)]
    public void A_root_process_that_could_be_a_master_counts_in_the_sets_namespace_only() =>
        Sandbox.Run(_ =>
        {
            var id = Sandbox.MakeLeftover();
            using (ActorProcess.StartCommand("unshare", "--ipc", "perl", "-e", MasterTests.Sleep))
                AssertStatus("Orphaned", id);
        });

    [FactNeeding(Need.Root | Need.FirstPidNamespace)]
    public void Nor_does_one_elsewhere_whose_main_thread_has_ended_and_whose_others_replace_each_other() =>
        Sandbox.Run(_ =>
        {
            using var actor = ActorProcess.Start(
                "operate-and-replace-threads-and-end-main",
                Sandbox.MakeSet(FreshIds.Next())
            );
            Wait.Until(
                () => File.ReadAllText($"/proc/{actor.Id}/stat").Contains(") Z ", StringComparison.Ordinal),
                "the main thread is a zombie"
            );
            Sandbox.Run(_ =>
            {
                var id = Sandbox.MakeLeftover();
                var doubts = Enumerable
                    .Range(0, 200)
                    .Select(_ => Judging.JudgeLater(id))
                    .Where(verdict => verdict.Status != "Orphaned")
                    .ToList();

                // Not none: on a busy machine each of its threads can have ended before it could be asked where it is.
                Assert.True(doubts.Count <= 20, string.Join('\n', doubts.Select(verdict => verdict.Reason)));
                Assert.All(
                    doubts,
                    verdict =>
                    {
                        Assert.Equal("Stale", verdict.Status);
                        Assert.Contains($"({actor.Id}, ", verdict.Reason, StringComparison.Ordinal);
                    }
                );
            });
        });

    private static void AssertStatus(string status, int id, string reason = "")
    {
        var verdict = Judging.JudgeLater(id);
        Assert.True(verdict.Status == status, verdict.Reason);
        Assert.Contains(reason, verdict.Reason, StringComparison.Ordinal);
    }
}
