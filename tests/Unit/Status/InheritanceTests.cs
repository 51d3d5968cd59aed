using PSSysVIpc.Tests.Processes;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Status;

/// <summary>Who can have the id of a set without a key, by real processes.</summary>
public class InheritanceTests
{
    [FactNeeding(Need.Root | Need.FirstPidNamespace | Need.UtilLinux)]
    public void A_daemon_that_began_a_minute_after_the_leftovers_of_its_user_takes_only_those_with_a_key() =>
        Sandbox.Run(_ =>
        {
            var owner = FreshIds.Next();
            var keyless = Sandbox.MakeLeftover(owner);
            var keyed = Sandbox.MakeLeftover(owner, key: 0x77);
            using var daemon = Daemon.Start(isLeader: true, Sleep(owner));

            AssertOrphaned(keyless);
            var verdict = LateComers.JudgeOld(keyed);
            Assert.Equal("Stale", verdict.Status);
            Assert.Contains($"({daemon.Id}, {owner}, since ", verdict.Reason, StringComparison.Ordinal);
            Assert.Contains("could open it by its key", verdict.Reason, StringComparison.Ordinal);
        });

    [FactNeeding(Need.Root | Need.FirstPidNamespace | Need.UtilLinux)]
    public void A_daemon_that_began_in_time_may_have_inherited_it() =>
        Sandbox.Run(_ =>
        {
            var owner = FreshIds.Next();
            var id = Sandbox.MakeLeftover(owner);
            using var daemon = Daemon.Start(isLeader: true, Sleep(owner));

            var verdict = Judging.JudgeLater(id);

            Assert.Equal("Stale", verdict.Status);
            Assert.Contains($"({daemon.Id}, {owner}, since ", verdict.Reason, StringComparison.Ordinal);
        });

    [FactNeeding(Need.Root | Need.FirstPidNamespace | Need.UtilLinux)]
    public void A_late_daemon_that_leads_no_session_may_have_had_an_old_parent() =>
        Sandbox.Run(_ =>
        {
            var owner = FreshIds.Next();
            var id = Sandbox.MakeLeftover(owner);
            using (Daemon.Start(isLeader: false, Sleep(owner)))
                Assert.Equal("Stale", LateComers.JudgeOld(id).Status);
            AssertOrphaned(id);
            using (Daemon.Start(isLeader: true, Sleep(owner)))
                AssertOrphaned(id);
        });

    [FactNeeding(Need.Root | Need.FirstPidNamespace | Need.UtilLinux)]
    public void A_late_process_of_the_owner_below_an_old_one_may_have_it_from_there() =>
        Sandbox.Run(_ =>
        {
            LateComers.WaitUntilTheTestsAreOld();
            var owner = FreshIds.Next();
            var id = Sandbox.MakeLeftover(owner);
            using var process = LateComers.Start(owner);

            var verdict = LateComers.JudgeOld(id);

            Assert.Equal("Stale", verdict.Status);
            Assert.Contains($"({process.Id}, {owner}, since ", verdict.Reason, StringComparison.Ordinal);
            Assert.Contains(", and it descends from ", verdict.Reason, StringComparison.Ordinal);
        });

    private static void AssertOrphaned(int id)
    {
        var verdict = LateComers.JudgeOld(id);
        Assert.True(verdict.Status == "Orphaned", verdict.Reason);
    }

    private static string[] Sleep(uint user) => [.. LateComers.As(user), "sleep", "1000"];
}
