using PSSysVIpc.Tests.Actor;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Commands;

/// <summary>What Remove-IpcSemaphore removes and what it refuses.</summary>
public class RemoveTests
{
    [FactNeeding(Need.Root | Need.FirstPidNamespace)]
    public void The_headline_command_removes_what_is_orphaned_and_nothing_else() =>
        Sandbox.Run(box =>
        {
            uint owner = FreshIds.Next();
            int[] leftovers = [Sandbox.MakeLeftover(owner), Sandbox.MakeLeftover(owner)];
            var foreign = Sandbox.MakeLeftover();
            var live = Sandbox.MakeSet(owner);
            Sandbox.WaitOutRecentUse();
            using var user = ActorProcess.Start("operate", live, 0, 1);

            var outcome = box.Invoke($"Get-IpcSemaphore -Owner {owner} | Remove-IpcSemaphore").Failing("IpcInUse");

            Assert.All(leftovers, id => Assert.False(TestLibc.Exists(id)));
            Assert.True(TestLibc.Exists(foreign) && TestLibc.Exists(live));
            Assert.Empty(outcome.Output);
            Assert.Contains($"dotnet ({user.Id}, root, since ", outcome.ErrorText, StringComparison.Ordinal);
            Assert.Equal(live, Assert.IsType<IpcSemaphoreSet>(outcome.Errors[0].TargetObject).Id);
        });

    [FactNeeding(Need.Root)]
    public void An_id_named_twice_in_one_argument_is_meant_once() =>
        Sandbox.Run(box =>
        {
            var id = Sandbox.MakeSet(0, key: 3);
            box.Invoke($"Remove-IpcSemaphore {id}, {id} -Force").Clean();
            Sandbox.MakeSet(0, key: 3);
            box.Invoke("Remove-IpcSemaphore -Key 3, 3 -Force").Clean();
        });

    [FactNeeding(Need.Root)]
    public void Verbose_tells_what_was_removed_and_why_it_could_be() =>
        Sandbox.Run(box =>
        {
            var id = Sandbox.MakeSet(0, key: 0xabc);

            Assert.Contains(
                $"Removing semaphore set {id} (key 0x00000abc, owner root, 1 semaphore). Stale: ",
                box.Invoke($"Remove-IpcSemaphore {id} -Force -Verbose").Clean().Written,
                StringComparison.Ordinal
            );
        });

    [FactNeeding(Need.Root)]
    public void Ten_thousand_go_at_once() =>
        Sandbox.Run(box =>
        {
            var owner = FreshIds.Next();
            for (var i = 0; i < 10_000; i++)
                Sandbox.MakeSet(owner);
            var kept = Sandbox.MakeSet(0);

            Assert.Equal(
                10_000,
                box.Invoke($"Get-IpcSemaphore -Owner {owner} | Remove-IpcSemaphore -AllowStale -PassThru")
                    .Clean()
                    .Sets.Count
            );

            Assert.Equal(kept, box.Invoke("Get-IpcSemaphore").Clean().Set.Id);
        });
}
