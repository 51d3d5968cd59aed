using PSSysVIpc.Status;
using PSSysVIpc.Tests.Actor;
using PSSysVIpc.Tests.Processes;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Status;

/// <summary>
/// Root processes that could be the master of dead workers. Perl can make the calls of semaphores; sleep can't.
/// </summary>
public class MasterTests
{
    internal const string Sleep = "$| = 1; print qq(ready\n); sleep 1000";

    [FactNeeding(Need.Root | Need.FirstPidNamespace)]
    public void A_root_process_as_old_as_the_set_that_can_make_its_calls_could_be_the_master() =>
        Sandbox.Run(_ =>
        {
            var id = Sandbox.MakeLeftover();
            using (var perl = ActorProcess.StartCommand("perl", "-e", Sleep))
            {
                var verdict = Judging.JudgeLater(id);
                Assert.Equal("Stale", verdict.Status);
                Assert.StartsWith($"Stale: perl ({perl.Id}, root, since ", verdict.Reason, StringComparison.Ordinal);
                Assert.Contains(
                    "could be the master of processes that used it",
                    verdict.Reason,
                    StringComparison.Ordinal
                );
            }

            AssertOrphaned(Judging.JudgeLater(id));
        });

    [FactNeeding(Need.Root | Need.FirstPidNamespace)]
    public void A_root_process_that_began_long_after_the_set_could_not() =>
        Sandbox.Run(_ =>
        {
            var id = Sandbox.MakeLeftover();
            using (Daemon.Start(isLeader: true, "perl", "-e", "sleep 1000"))
                AssertOrphaned(LateComers.JudgeOld(id));
        });

    [FactNeeding(Need.Root | Need.FirstPidNamespace)]
    public void A_root_process_that_can_not_make_such_calls_could_not() =>
        Sandbox.Run(_ =>
        {
            var id = Sandbox.MakeLeftover();
            using var sleep = ActorProcess.StartCommand("sh", "-c", "echo ready; exec sleep 1000");
            Wait.Until(() => File.ReadAllText($"/proc/{sleep.Id}/comm") == "sleep\n", "it sleeps");

            AssertOrphaned(Judging.JudgeLater(id));
        });

    [FactNeeding(Need.Root | Need.FirstPidNamespace)]
    public void A_young_root_process_below_an_old_one_may_have_the_id_from_there() =>
        Sandbox.Run(_ =>
        {
            LateComers.WaitUntilTheTestsAreOld();
            var id = Sandbox.MakeLeftover();
            using var perl = ActorProcess.StartCommand("perl", "-e", Sleep);

            var verdict = LateComers.JudgeOld(id);

            Assert.Equal("Stale", verdict.Status);
            Assert.StartsWith($"Stale: perl ({perl.Id}, root, since ", verdict.Reason, StringComparison.Ordinal);
            Assert.Contains("and it descends from ", verdict.Reason, StringComparison.Ordinal);
        });

    [FactNeeding(Need.Root | Need.FirstPidNamespace)]
    public void A_server_that_was_started_again_counts_where_its_old_set_has_a_key_and_else_does_not() =>
        Sandbox.Run(_ =>
        {
            int keyed = Sandbox.MakeSet(FreshIds.Next(), key: 0x11),
                keyless = Sandbox.MakeSet(FreshIds.Next());
            using var perl = Daemon.Start(isLeader: true, "perl", "-e", "sleep 1000");
            ActorProcess.Operate(keyed, 0, 1);
            ActorProcess.Operate(keyless, 0, 1);

            var verdict = LateComers.JudgeUsedSince(keyed);

            Assert.Equal("Stale", verdict.Status);
            Assert.StartsWith($"Stale: perl ({perl.Id}, root, since ", verdict.Reason, StringComparison.Ordinal);
            Assert.EndsWith(
                "code that makes such calls, and could open it by its key. Stop it or use -AllowStale.",
                verdict.Reason,
                StringComparison.Ordinal
            );
            AssertOrphaned(LateComers.JudgeUsedSince(keyless));
        });

    [TheoryNeeding(Need.Root | Need.FirstPidNamespace | Need.UtilLinux)]
    [InlineData("ipc_owner")]
    [InlineData("setuid")]
    public void Another_user_that_may_open_every_object_or_become_every_user_counts_as_root(string capability) =>
        Sandbox.Run(_ =>
        {
            var id = Sandbox.MakeLeftover();
            var user = FreshIds.Next();
            using (
                var able = ActorProcess.StartCommand([
                    .. LateComers.As(user),
                    $"--inh-caps=+{capability}",
                    $"--ambient-caps=+{capability}",
                    "perl",
                    "-e",
                    Sleep,
                ])
            )
            {
                var verdict = Judging.JudgeLater(id);
                Assert.Equal("Stale", verdict.Status);
                Assert.StartsWith($"Stale: perl ({able.Id}, {user}, since ", verdict.Reason, StringComparison.Ordinal);
            }

            using (ActorProcess.StartCommand([.. LateComers.As(user), "perl", "-e", Sleep]))
                AssertOrphaned(Judging.JudgeLater(id));
        });

    private static void AssertOrphaned(Verdict verdict) => Assert.True(verdict.Status == "Orphaned", verdict.Reason);
}
