using System.Globalization;
using PSSysVIpc.Processes;
using PSSysVIpc.Tests.Actor;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Status;

/// <summary>Orphaned: nobody uses it and nobody is left who could.</summary>
public class OrphanedTests
{
    [FactNeeding(Need.Root | Need.FirstPidNamespace)]
    public void Leftovers_are_orphaned_ten_seconds_after_their_last_use_and_say_what_was_looked_for() =>
        Sandbox.Run(box =>
        {
            uint user = FreshIds.Next(),
                untouched = FreshIds.Next(),
                creator = FreshIds.Next();
            var usedId = Sandbox.MakeSet(user);
            var operatorId = ActorProcess.Operate(usedId, 0, 1);
            var untouchedId = Sandbox.MakeSet(untouched, creator);
            var byRootId = Sandbox.MakeSet(FreshIds.Next(), creator: 0);
            Sandbox.WaitOutRecentUse();

            var sets = box.Invoke("Get-IpcSemaphore").Clean().Sets.ToDictionary(set => set.Id);

            Assert.All(sets.Values, set => Assert.Equal("Orphaned", set.Status));
            Assert.Equal(
                $"Orphaned: nobody waits on it, its last operator {operatorId} has exited, and no process runs as "
                    + $"{user}.",
                sets[usedId].StatusReason
            );
            Assert.Equal(
                $"Orphaned: nobody waits on it, nobody has operated on it, and no process runs as {untouched} or as "
                    + $"{creator}.",
                sets[untouchedId].StatusReason
            );
            Assert.Null(sets[untouchedId].LastOperationTime);
            Assert.Empty(sets[untouchedId].LastProcesses);
            Assert.Null(sets[untouchedId].Semaphores![0].LastProcessId);
            Assert.Equal("root", sets[byRootId].Creator);
        });

    [FactNeeding(Need.Root | Need.FirstPidNamespace)]
    public void One_with_a_key_is_Stale_for_a_day_and_Orphaned_after_that() =>
        Sandbox.Run(_ =>
        {
            var user = FreshIds.Next();
            var id = Sandbox.MakeLeftover(user, key: 0x1234);

            var today = Judging.JudgeLater(id);
            Assert.Equal("Stale", today.Status);
            Assert.Matches(
                "^Stale: it was last used [0-9]+ seconds ago, and a later run of its program could open it by its key",
                today.Reason
            );

            var tomorrow = Judging.JudgeTomorrow(id);
            Assert.Equal("Orphaned", tomorrow.Status);
            Assert.EndsWith(
                $". It was last used 24 hours ago, and a later process of {user} could open it by its key 0x00001234.",
                tomorrow.Reason,
                StringComparison.Ordinal
            );
        });

    [FactNeeding(Need.Root | Need.FirstPidNamespace)]
    public void The_calling_process_does_not_count_as_operator() =>
        Sandbox.Run(_ =>
        {
            var id = Sandbox.MakeSet(FreshIds.Next());
            Assert.Equal(0, TestLibc.Operate(id, 0, 1));

            var verdict = Judging.JudgeLater(id);

            Assert.Equal("Orphaned", verdict.Status);
            Assert.Contains(
                $"its last operator {Environment.ProcessId} is this shell",
                verdict.Reason,
                StringComparison.Ordinal
            );
        });

    [FactNeeding(Need.Root | Need.FirstPidNamespace)]
    public void Of_several_operators_it_is_told_which_is_the_calling_process() =>
        Sandbox.Run(_ =>
        {
            var id = Sandbox.MakeSet(FreshIds.Next(), count: 2);
            Assert.Equal(0, TestLibc.Operate(id, 0, 1));
            var dead = ActorProcess.Operate(id, 1, 1);

            Assert.Contains(
                $"its last operator {Environment.ProcessId} is this shell and its last operator {dead} has exited, "
                    + "and no process",
                Judging.JudgeLater(id).Reason,
                StringComparison.Ordinal
            );
        });

    [FactNeeding(Need.Root | Need.FirstPidNamespace)]
    public void Of_many_dead_operators_a_few_are_named_and_the_list_has_all() =>
        Sandbox.Run(box =>
        {
            const int count = 6;
            var id = Sandbox.MakeSet(FreshIds.Next(), count: count);
            int[] ids = [.. Enumerable.Range(0, count).Select(number => ActorProcess.Operate(id, number, 1))];

            Assert.Contains(
                $"nobody waits on it, its last operators {ids[0]}, {ids[1]}, {ids[2]} and 3 more have exited, and no "
                    + "process runs as ",
                Judging.JudgeLater(id).Reason,
                StringComparison.Ordinal
            );
            Assert.Equal(count, box.Invoke("Get-IpcSemaphore").Clean().Set.LastProcesses.Count);
        });

    [FactNeeding(Need.Root)]
    public void A_set_of_root_is_never_orphaned_and_nobody_is_told_to_stop_what_root_runs() =>
        Sandbox.Run(_ =>
        {
            const string remedy = " Find out whether its program still runs, or use -AllowStale.";
            var id = Sandbox.MakeSet(0);
            // Whatever else root runs here can't make the calls of semaphores.
            using var sleep = ActorProcess.StartCommand("sh", "-c", "echo ready; exec sleep 1000");
            using (var perl = ActorProcess.StartCommand("perl", "-e", MasterTests.Sleep))
            {
                var verdict = Judging.JudgeLater(id);
                Assert.Equal("Stale", verdict.Status);
                Assert.StartsWith($"Stale: it is root's, and perl ({perl.Id}, root, since ", verdict.Reason, default);
                Assert.EndsWith(
                    $") could be using it: it has code that makes such calls.{remedy}",
                    verdict.Reason,
                    default
                );
            }

            Assert.Equal(
                "Stale: it is root's: no process of root's that was there when it was last changed and whose code "
                    + "shows "
                    + "such "
                    + $"calls runs now; a program that root starts later could use it.{remedy}",
                Judging.JudgeLater(id).Reason
            );
        });

    [FactNeeding(Need.Root)]
    public void The_number_of_a_thread_is_not_taken_for_a_process() =>
        Sandbox.Run(_ =>
        {
            using var actor = ActorProcess.Start("thread-becomes", FreshIds.Next());
            var thread = Directory
                .GetDirectories($"/proc/{actor.Id}/task")
                .Select(Path.GetFileName)
                .Select(name => int.Parse(name!, CultureInfo.InvariantCulture))
                .First(id => id != actor.Id);
            var scanner = new ProcessScanner();

            Assert.Equal(ProcessPresence.Gone, scanner.Look(thread, out var process));
            Assert.Null(process);
            Assert.Equal(ProcessPresence.Seen, scanner.Look(actor.Id, out process));
            Assert.Equal(actor.Id, process!.Id);
        });
}
