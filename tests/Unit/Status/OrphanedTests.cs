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
                keyed = FreshIds.Next(),
                untouched = FreshIds.Next(),
                creator = FreshIds.Next();
            var usedId = Sandbox.MakeSet(user);
            var operatorId = ActorProcess.Operate(usedId, 0, 1);
            var keyedId = Sandbox.MakeLeftover(keyed, key: 0x1234);
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
            Assert.EndsWith(
                $". A later process of {keyed} could open it by its key 0x00001234.",
                sets[keyedId].StatusReason,
                StringComparison.Ordinal
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
            var verdict = Judging.JudgeLater(Sandbox.MakeSet(0));

            Assert.Equal("Stale", verdict.Status);
            Assert.EndsWith(
                " Find out whether its program still runs or use -AllowStale.",
                verdict.Reason,
                StringComparison.Ordinal
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
