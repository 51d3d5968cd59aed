using PSSysVIpc.Status;
using PSSysVIpc.Tests.Actor;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Verdicts;

/// <summary>Root processes that could be the master of dead workers. Perl can make the calls of semaphores; sleep can't.</summary>
public class MasterTests
{
    internal const string Sleep = "$| = 1; print qq(ready\n); sleep 1000";

    [FactNeeding(Need.Root | Need.FirstPidNamespace)]
    public void A_root_process_as_old_as_the_set_that_can_make_its_calls_could_be_the_master() => Sandbox.Run(_ =>
    {
        var id = Sandbox.MakeLeftover();
        using (var perl = ActorProcess.StartCommand("perl", "-e", Sleep))
        {
            var verdict = Judging.JudgeLater(id);
            Assert.Equal("Stale", verdict.Status);
            Assert.StartsWith($"perl ({perl.Id}, root, since ", verdict.Reason, StringComparison.Ordinal);
            Assert.Contains("could be the master of processes that used it", verdict.Reason, StringComparison.Ordinal);
        }

        AssertOrphaned(Judging.JudgeLater(id));
    });

    [FactNeeding(Need.Root | Need.FirstPidNamespace)]
    public void A_root_process_that_began_long_after_the_set_could_not() => Sandbox.Run(_ =>
    {
        var id = Sandbox.MakeLeftover();
        using var perl = ActorProcess.StartCommand("perl", "-e", Sleep);

        AssertOrphaned(LateComers.JudgeOld(id));
    });

    [FactNeeding(Need.Root | Need.FirstPidNamespace)]
    public void A_root_process_that_can_not_make_such_calls_could_not() => Sandbox.Run(_ =>
    {
        var id = Sandbox.MakeLeftover();
        using var sleep = ActorProcess.StartCommand("sh", "-c", "echo ready; exec sleep 1000");
        Wait.Until(() => File.ReadAllText($"/proc/{sleep.Id}/comm") == "sleep\n", "it sleeps");

        AssertOrphaned(Judging.JudgeLater(id));
    });

    [FactNeeding(Need.Root | Need.FirstPidNamespace | Need.UtilLinux)]
    public void Another_user_with_the_capability_to_open_every_object_counts_as_root_and_without_it_does_not() => Sandbox.Run(_ =>
    {
        var id = Sandbox.MakeLeftover();
        var user = FreshIds.Next();
        using (var able = ActorProcess.StartCommand(
            [.. LateComers.As(user), "--inh-caps=+ipc_owner", "--ambient-caps=+ipc_owner", "perl", "-e", Sleep]))
        {
            var verdict = Judging.JudgeLater(id);
            Assert.Equal("Stale", verdict.Status);
            Assert.StartsWith($"perl ({able.Id}, {user}, since ", verdict.Reason, StringComparison.Ordinal);
        }

        using (ActorProcess.StartCommand([.. LateComers.As(user), "perl", "-e", Sleep]))
            AssertOrphaned(Judging.JudgeLater(id));
    });

    [FactNeeding(Need.Root | Need.FirstPidNamespace | Need.UtilLinux)]
    public void A_second_hand_number_is_a_doubt_only_where_its_process_may_open_the_set() => Sandbox.Run(_ =>
    {
        var id = Sandbox.MakeSet(FreshIds.Next());
        var dead = ActorProcess.Run("operate", id, 0, 1);
        var user = FreshIds.Next();
        using (SecondHand.Start(dead, "become", user, user, ""))
            AssertOrphaned(LateComers.JudgeOld(id));
        using (SecondHand.Start(dead))
        {
            var verdict = LateComers.JudgeOld(id);
            Assert.Equal("Stale", verdict.Status);
            Assert.Contains("has the number of its last operator, and may open it", verdict.Reason, StringComparison.Ordinal);
        }
    });

    private static void AssertOrphaned(Verdict verdict) => Assert.True(verdict.Status == "Orphaned", verdict.Reason);
}
