using PSSysVIpc.Tests.Actor;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests;

/// <summary>InUse: each kind of evidence, made by a real process.</summary>
public class InUseTests
{
    [FactNeeding(Need.Root)]
    public void A_waiting_process() => Sandbox.Run(box =>
    {
        var id = Sandbox.MakeSet(FreshIds.Next());
        using var waiter = ActorProcess.Start("wait", id, 0, -1);
        Wait.Until(() => TestLibc.Waiting(id, 0) == 1, "the actor waits");

        var set = box.Invoke("Get-IpcSemaphore").Clean().Set;

        Assert.Equal("InUse", set.Status);
        Assert.Equal(1, set.WaitingCount);
        Assert.Equal(1, set.Semaphores![0].WaitingForIncrease);
        Assert.Equal(0, set.Semaphores[0].WaitingForZero);
        Assert.Contains("1 process waits on it", set.StatusReason, StringComparison.Ordinal);
    });

    [FactNeeding(Need.Root)]
    public void A_process_that_waits_for_zero_on_the_last_semaphore_of_a_set() => Sandbox.Run(box =>
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
    public void A_last_operator_that_lives() => Sandbox.Run(box =>
    {
        var id = Sandbox.MakeSet(FreshIds.Next());
        using var actor = ActorProcess.Start("operate", id, 0, 1);

        var set = box.Invoke("Get-IpcSemaphore").Clean().Set;

        Assert.Equal("InUse", set.Status);
        Assert.Equal((actor.Id, "dotnet", true), (set.LastProcess[0].Id, set.LastProcess[0].Name, set.LastProcess[0].IsAlive));
        Assert.Equal($"{actor.Id} dotnet", set.LastProcess.ToString());
        Assert.Contains($"dotnet ({actor.Id}, root, since ", set.StatusReason, StringComparison.Ordinal);
    });

    [FactNeeding(Need.Root)]
    public void An_operator_whose_main_thread_has_ended_while_another_thread_lives() => Sandbox.Run(box =>
    {
        var id = Sandbox.MakeSet(FreshIds.Next());
        using var actor = ActorProcess.Start("operate-in-thread-and-end-main", id);
        Wait.Until(() => File.ReadAllText($"/proc/{actor.Id}/stat").Contains(") Z ", StringComparison.Ordinal), "the main thread is a zombie");

        Assert.Equal("InUse", box.Invoke("Get-IpcSemaphore").Clean().Set.Status);
    });

    [FactNeeding(Need.Root)]
    public void An_operator_that_calls_itself_a_zombie() => Sandbox.Run(box =>
    {
        var id = Sandbox.MakeSet(FreshIds.Next());
        using var actor = ActorProcess.Start("name", "a) Z (b", "operate", id, 0, 1);

        var set = box.Invoke("Get-IpcSemaphore").Clean().Set;

        Assert.Equal("InUse", set.Status);
        Assert.Equal("a) Z (b", set.LastProcess[0].Name);
    });

    [FactNeeding(Need.Root)]
    public void An_operator_whose_name_would_write_to_the_terminal() => Sandbox.Run(box =>
    {
        var id = Sandbox.MakeSet(FreshIds.Next());
        using var actor = ActorProcess.Start("name", "\e[31m\nx", "operate", id, 0, 1);

        var set = box.Invoke("Get-IpcSemaphore").Clean().Set;

        Assert.Equal("?[31m?x", set.LastProcess[0].Name);
        Assert.DoesNotContain('\e', set.StatusReason);
    });

    [FactNeeding(Need.Root)]
    public void A_live_operator_among_dead_ones() => Sandbox.Run(box =>
    {
        var id = Sandbox.MakeSet(FreshIds.Next(), count: 3);
        var dead = ActorProcess.Run("operate", id, 0, 1);
        using var alive = ActorProcess.Start("operate", id, 2, 1);

        var set = box.Invoke("Get-IpcSemaphore").Clean().Set;

        Assert.Equal("InUse", set.Status);
        Assert.Equal([dead, null, alive.Id], set.Semaphores!.Select(semaphore => semaphore.LastProcessId));
        Assert.Equal($"{dead} (exited); {alive.Id} dotnet", set.LastProcess.ToString());
    });
}
