using PSSysVIpc.Tests.Actor;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests;

/// <summary>Each rule of the status, made for real.</summary>
public class StatusTests
{
    [FactNeeding(Need.Root)]
    public void A_waiting_process_makes_a_set_InUse() => Sandbox.Run(box =>
    {
        var id = Sandbox.MakeSet(FreshIds.Next());
        using var waiter = ActorProcess.Start("wait", id, 0, -1);
        Wait.Until(() => TestLibc.Waiting(id, 0) == 1, "the actor waits");

        var set = box.Invoke("Get-IpcSemaphore").Clean().Set;

        Assert.Equal("InUse", set.Status);
        Assert.Equal(1, set.WaitingCount);
        Assert.Equal(1, set.Semaphores![0].WaitingForIncrease);
        Assert.Contains("1 process waits on it", set.StatusReason, StringComparison.Ordinal);
    });
}
