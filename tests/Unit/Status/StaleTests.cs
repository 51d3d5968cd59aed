using PSSysVIpc.Ipc;
using PSSysVIpc.Status;
using PSSysVIpc.Tests.Actor;
using PSSysVIpc.Tests.Processes;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Status;

/// <summary>Stale: each reason for doubt, made by real processes; and that without it the set is Orphaned.</summary>
public class StaleTests
{
    [FactNeeding(Need.Root | Need.FirstPidNamespace)]
    public void A_process_of_the_owner_lives() =>
        Sandbox.Run(_ =>
        {
            var owner = FreshIds.Next();
            var id = Sandbox.MakeLeftover(owner);
            using (var actor = ActorProcess.Start("become", owner, owner, ""))
                AssertStale(id, $"dotnet ({actor.Id}, {owner}, since ", "as its owner");

            AssertOrphaned(id);
        });

    [FactNeeding(Need.Root | Need.FirstPidNamespace)]
    public void A_process_of_the_creator_lives() =>
        Sandbox.Run(_ =>
        {
            var creator = FreshIds.Next();
            var id = Sandbox.MakeSet(FreshIds.Next(), creator);
            using (ActorProcess.Start("become", creator, creator, ""))
                AssertStale(id, "as its creator");

            AssertOrphaned(id);
        });

    [FactNeeding(Need.Root | Need.FirstPidNamespace)]
    public void One_thread_alone_runs_as_the_owner() =>
        Sandbox.Run(_ =>
        {
            var owner = FreshIds.Next();
            var id = Sandbox.MakeLeftover(owner);
            using (ActorProcess.Start("thread-becomes", owner))
                AssertStale(id, "as its owner");

            AssertOrphaned(id);
        });

    [FactNeeding(Need.Root | Need.FirstPidNamespace)]
    public void The_mode_lets_everybody_in_if_only_to_read_and_somebodys_code_makes_such_calls() =>
        Sandbox.Run(_ =>
        {
            int open = Sandbox.MakeSet(FreshIds.Next(), mode: 0x1B6),
                readable = Sandbox.MakeSet(FreshIds.Next(), mode: 0x184);
            var stranger = FreshIds.Next();
            using (LateComers.Start(stranger))
            {
                AssertOrphaned(open);
                AssertOrphaned(readable);
            }

            using var perl = ActorProcess.StartCommand([.. LateComers.As(stranger), "perl", "-e", MasterTests.Sleep]);
            AssertStale(
                open,
                $"perl ({perl.Id}, {stranger}, since ",
                "its mode 0666 lets every user open it, it has code"
            );
            AssertStale(
                readable,
                $"perl ({perl.Id}, {stranger}, since ",
                "its mode 0604 lets every user open it, it has"
            );
        });

    [FactNeeding(Need.Root | Need.FirstPidNamespace)]
    public void The_last_operator_is_a_zombie_whose_parent_lives() =>
        Sandbox.Run(_ =>
        {
            var id = Sandbox.MakeSet(FreshIds.Next());
            string[] child = ActorProcess.CommandLine("operate", id, 0, 1, "exit");
            using (
                var parent = ActorProcess.StartCommand([
                    "sh",
                    "-c",
                    "\"$@\" & echo ready; exec sleep 1000",
                    "sh",
                    .. child,
                ])
            )
            {
                var kernel = IpcKernel.OpenCurrent();
                RecordedProcess[] last = [];
                Wait.Until(() => (last = Judging.Facts(kernel, id).RecordedProcesses).Length > 0, "the child operates");
                Wait.Until(() => IsZombie(last[0].Id), "the child is a zombie");

                AssertStale(
                    id,
                    $"its last operator {last[0].Id} has ended, but its parent sleep ({parent.Id}, " + "root, since "
                );
            }
        });

    [FactNeeding(Need.Root)]
    public void It_was_used_two_seconds_ago() =>
        Sandbox.Run(box =>
        {
            Sandbox.MakeLeftover();
            Thread.Sleep(TimeSpan.FromSeconds(2));

            var set = box.Invoke("Get-IpcSemaphore").Clean().Set;

            Assert.Equal("Stale", set.Status);
            Assert.Equal(
                "Stale: it was used less than 10 seconds ago. Look again in 10 seconds or use -AllowStale.",
                set.StatusReason
            );
        });

    // While it has other threads they may live.
    private static bool IsZombie(int process) =>
        File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal)
        && Directory.GetDirectories($"/proc/{process}/task").Length == 1;

    private static void AssertStale(int id, params string[] reasons)
    {
        var verdict = Judging.JudgeLater(id);
        Assert.Equal("Stale", verdict.Status);
        foreach (var reason in reasons)
            Assert.Contains(reason, verdict.Reason, StringComparison.Ordinal);
    }

    private static Verdict AssertOrphaned(int id)
    {
        var verdict = Judging.JudgeLater(id);
        Assert.True(verdict.Status == "Orphaned", verdict.Reason);
        return verdict;
    }
}
