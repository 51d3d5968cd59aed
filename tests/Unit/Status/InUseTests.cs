using PSSysVIpc.Tests.Actor;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Status;

/// <summary>InUse: each kind of evidence, made by a real process.</summary>
public class InUseTests
{
    [FactNeeding(Need.Root)]
    public void A_waiting_process() =>
        Sandbox.Run(box =>
        {
            var id = Sandbox.MakeSet(FreshIds.Next());
            using var waiter = ActorProcess.Start("wait", id, 0, -1);
            Wait.Until(() => TestLibc.Waiting(id, 0) == 1, "the actor waits");

            var set = box.Invoke("Get-IpcSemaphore").Clean().Set;

            Assert.Equal("InUse", set.Status);
            Assert.Equal(1, set.WaitingCount);
            Assert.Equal(1, set.Semaphores![0].WaitingForIncrease);
            Assert.Equal(0, set.Semaphores[0].WaitingForZero);
            Assert.Contains(
                "1 waiting for increase, 0 for zero",
                set.Semaphores[0].ToString(),
                StringComparison.Ordinal
            );
            Assert.StartsWith(
                $"InUse: 1 process waits on it, dotnet ({waiter.Id}, root, since ",
                set.StatusReason,
                StringComparison.Ordinal
            );
            Assert.EndsWith(
                "). Stop who uses it; -Force removes it under their feet.",
                set.StatusReason,
                StringComparison.Ordinal
            );
        });

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void Of_many_waiting_processes_one_is_named_and_none_of_another_set_or_namespace() =>
        Sandbox.Run(box =>
        {
            int first = Sandbox.MakeSet(FreshIds.Next()),
                second = Sandbox.MakeSet(FreshIds.Next());
            // It makes a set of its own, with the same id in its namespace as the first one here.
            const string elsewhere =
                "$id = semget(0, 1, 0600 | 01000); print qq(ready\n); semop($id, pack('s3', 0, -1, 0))";
            using var outsider = ActorProcess.StartCommand("unshare", "--ipc", "perl", "-e", "$| = 1; " + elsewhere);
            ActorProcess[] waiters = [.. Enumerable.Range(0, 4).Select(_ => ActorProcess.Start("wait", first, 0, -1))];
            using var other = ActorProcess.Start("wait", second, 0, -1);
            Wait.Until(() => TestLibc.Waiting(first, 0) == 4 && TestLibc.Waiting(second, 0) == 1, "the actors wait");

            var sets = box.Invoke("Get-IpcSemaphore").Clean().Sets.ToDictionary(set => set.Id);
            var named = waiters.Count(waiter =>
                sets[first].StatusReason.Contains($"dotnet ({waiter.Id}, ", StringComparison.Ordinal)
            );
            foreach (var waiter in waiters)
                waiter.Dispose();

            Assert.Equal(1, named);
            Assert.StartsWith(
                "InUse: 4 processes wait on it, among them dotnet (",
                sets[first].StatusReason,
                StringComparison.Ordinal
            );
            Assert.StartsWith(
                $"InUse: 1 process waits on it, dotnet ({other.Id}, root, since ",
                sets[second].StatusReason,
                StringComparison.Ordinal
            );
            Assert.DoesNotContain($"({outsider.Id}, ", sets[first].StatusReason, StringComparison.Ordinal);
        });

    [FactNeeding(Need.Root)]
    public void A_process_that_waits_for_zero_on_the_last_semaphore_of_a_set() =>
        Sandbox.Run(box =>
        {
            var id = Sandbox.MakeSet(FreshIds.Next(), count: 3);
            TestLibc.SetSemaphore(id, 2, 1);
            using var waiter = ActorProcess.Start("wait", id, 2, 0);
            Wait.Until(() => TestLibc.Waiting(id, 2) == 1, "the actor waits");

            var set = box.Invoke("Get-IpcSemaphore").Clean().Set;

            Assert.Equal("InUse", set.Status);
            Assert.Equal([0, 0, 1], set.Semaphores!.Select(semaphore => semaphore.WaitingForZero));
        });

    [FactNeeding(Need.Root)]
    public void A_last_operator_that_lives() =>
        Sandbox.Run(box =>
        {
            var id = Sandbox.MakeSet(FreshIds.Next());
            using var actor = ActorProcess.Start("operate", id, 0, 1);

            var set = box.Invoke("Get-IpcSemaphore").Clean().Set;

            Assert.Equal("InUse", set.Status);
            Assert.Equal(
                (actor.Id, "dotnet", true),
                (set.LastProcesses[0].Id, set.LastProcesses[0].Name, set.LastProcesses[0].IsAlive)
            );
            Assert.Equal($"{actor.Id} dotnet", set.LastProcesses.ToString());
            Assert.Contains($"dotnet ({actor.Id}, root, since ", set.StatusReason, StringComparison.Ordinal);
        });

    [FactNeeding(Need.Root)]
    public void An_operator_whose_main_thread_has_ended_while_another_thread_lives() =>
        Sandbox.Run(box =>
        {
            var id = Sandbox.MakeSet(FreshIds.Next());
            using var actor = ActorProcess.Start("operate-in-thread-and-end-main", id);
            Wait.Until(
                () => File.ReadAllText($"/proc/{actor.Id}/stat").Contains(") Z ", StringComparison.Ordinal),
                "the main thread is a zombie"
            );

            Assert.Equal("InUse", box.Invoke("Get-IpcSemaphore").Clean().Set.Status);
        });

    [FactNeeding(Need.Root)]
    public void An_operator_that_calls_itself_a_zombie() =>
        Sandbox.Run(box =>
        {
            var id = Sandbox.MakeSet(FreshIds.Next());
            using var actor = ActorProcess.Start("name", "a) Z (b", "operate", id, 0, 1);

            var set = box.Invoke("Get-IpcSemaphore").Clean().Set;

            Assert.Equal("InUse", set.Status);
            Assert.Equal("a) Z (b", set.LastProcesses[0].Name);
        });

    [FactNeeding(Need.Root)]
    public void An_operator_whose_name_would_write_to_the_terminal() =>
        Sandbox.Run(box =>
        {
            var id = Sandbox.MakeSet(FreshIds.Next());
            using var actor = ActorProcess.Start("name", "\e[31m\nx", "operate", id, 0, 1);

            var set = box.Invoke("Get-IpcSemaphore").Clean().Set;

            Assert.Equal("?[31m?x", set.LastProcesses[0].Name);
            Assert.DoesNotContain('\e', set.StatusReason);
        });

    [FactNeeding(Need.Root)]
    public void A_live_operator_among_dead_ones() =>
        Sandbox.Run(box =>
        {
            var id = Sandbox.MakeSet(FreshIds.Next(), count: 3);
            var dead = ActorProcess.Operate(id, 0, 1);
            using var alive = ActorProcess.Start("operate", id, 2, 1);

            var set = box.Invoke("Get-IpcSemaphore").Clean().Set;

            Assert.Equal("InUse", set.Status);
            Assert.Equal([dead, null, alive.Id], set.Semaphores!.Select(semaphore => semaphore.LastProcessId));
            Assert.Equal($"{dead} (exited); {alive.Id} dotnet", set.LastProcesses.ToString());
        });
}
