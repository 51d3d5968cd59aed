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
                    "could be the master of processes that use it",
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
            Assert.Contains(
                "code that makes such calls, and could open it by its key; it was last used",
                verdict.Reason,
                StringComparison.Ordinal
            );
            AssertOrphaned(LateComers.JudgeUsedSince(keyless));
        });

    [TheoryNeeding(Need.Root | Need.FirstPidNamespace | Need.UtilLinux)]
    [InlineData("ipc_owner")]
    [InlineData("setuid")]
    [InlineData("setgid")]
    [InlineData("sys_admin")]
    public void Another_user_that_may_take_every_identity_or_do_without_counts_as_root(string capability) =>
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

    [TheoryNeeding(Need.Root | Need.FirstPidNamespace | Need.UtilLinux)]
    [InlineData("sys_ptrace")]
    [InlineData("dac_override")]
    public void One_with_another_capability_does_not(string capability) =>
        Sandbox.Run(_ =>
        {
            var id = Sandbox.MakeLeftover();
            using var able = ActorProcess.StartCommand([
                .. LateComers.As(FreshIds.Next()),
                $"--inh-caps=+{capability}",
                $"--ambient-caps=+{capability}",
                "perl",
                "-e",
                Sleep,
            ]);
            AssertOrphaned(Judging.JudgeLater(id));
        });

    [FactNeeding(Need.Root | Need.FirstPidNamespace | Need.UtilLinux)]
    public void Root_of_a_user_namespace_counts_only_for_the_users_there_are_in_it() =>
        Sandbox.Run(_ =>
        {
            uint inside = FreshIds.Next(),
                user = FreshIds.Next();
            int itsOwn = Sandbox.MakeLeftover(inside),
                anothers = Sandbox.MakeLeftover();
            // It keeps the user that it began as, of whom no set is.
            using var perl = ActorProcess.StartCommand([
                .. LateComers.As(user),
                "unshare",
                "--user",
                "--keep-caps",
                "perl",
                "-e",
                Sleep,
            ]);
            AssertOrphaned(Judging.JudgeLater(itsOwn));
            File.WriteAllText($"/proc/{perl.Id}/uid_map", $"0 {inside} 1\n");

            var verdict = Judging.JudgeLater(itsOwn);
            Assert.Equal("Stale", verdict.Status);
            Assert.Contains($"perl ({perl.Id}, ", verdict.Reason, StringComparison.Ordinal);
            AssertOrphaned(Judging.JudgeLater(anothers));
        });

    private static void AssertOrphaned(Verdict verdict) => Assert.True(verdict.Status == "Orphaned", verdict.Reason);
}
