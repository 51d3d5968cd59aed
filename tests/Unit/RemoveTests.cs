using PSSysVIpc.Tests.Actor;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests;

/// <summary>What Remove-IpcSemaphore removes and what it refuses.</summary>
public class RemoveTests
{
    [FactNeeding(Need.Root | Need.FirstPidNamespace)]
    public void The_headline_command_removes_what_is_orphaned_and_nothing_else() => Sandbox.Run(box =>
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
    public void Each_status_needs_its_switch() => Sandbox.Run(box =>
    {
        int stale = Sandbox.MakeSet(0), inUse = Sandbox.MakeSet(0);
        using var user = ActorProcess.Start("operate", inUse, 0, 1);

        box.Invoke($"Remove-IpcSemaphore {stale}, {inUse}").Failing("IpcMayBeInUse", "IpcInUse");
        box.Invoke($"Remove-IpcSemaphore {inUse} -AllowStale").Failing("IpcInUse");
        Assert.True(TestLibc.Exists(stale) && TestLibc.Exists(inUse));
        box.Invoke($"Remove-IpcSemaphore {stale} -AllowStale").Clean();
        Assert.False(TestLibc.Exists(stale));
        box.Invoke($"Remove-IpcSemaphore {inUse} -Force").Clean();
        Assert.False(TestLibc.Exists(inUse));
        box.Invoke($"Remove-IpcSemaphore {Sandbox.MakeSet(0)} -Force").Clean();
    });

    [FactNeeding(Need.Root)]
    public void What_is_not_there_is_an_error_and_the_rest_goes() => Sandbox.Run(box =>
    {
        int one = Sandbox.MakeSet(0), two = Sandbox.MakeSet(0, key: 9);

        box.Invoke($"Remove-IpcSemaphore 77, {one} -Force").Failing("IpcNotFound");
        box.Invoke("Remove-IpcSemaphore -Key 8, 9 -Force").Failing("IpcNotFound");

        Assert.False(TestLibc.Exists(one) || TestLibc.Exists(two));
    });

    [FactNeeding(Need.Root)]
    public void Twice_in_one_pipeline_is_once_and_one_error() => Sandbox.Run(box =>
    {
        var id = Sandbox.MakeSet(0);

        box.Invoke("$s = Get-IpcSemaphore; $s, $s | Remove-IpcSemaphore -Force").Failing("IpcNotFound");

        Assert.False(TestLibc.Exists(id));
    });

    [FactNeeding(Need.Root)]
    public void An_id_named_twice_in_one_argument_is_meant_once() => Sandbox.Run(box =>
    {
        var id = Sandbox.MakeSet(0, key: 3);
        box.Invoke($"Remove-IpcSemaphore {id}, {id} -Force").Clean();
        Sandbox.MakeSet(0, key: 3);
        box.Invoke("Remove-IpcSemaphore -Key 3, 3 -Force").Clean();
    });

    [FactNeeding(Need.Root)]
    public void Removed_by_somebody_else_between_Get_and_Remove_is_not_found() => Sandbox.Run(box =>
    {
        var id = Sandbox.MakeSet(0);
        box.Invoke("$s = Get-IpcSemaphore").Clean();
        TestLibc.Remove(id);

        box.Invoke("$s | Remove-IpcSemaphore -Force").Failing("IpcNotFound");
    });

    [FactNeeding(Need.Root)]
    public void One_bad_record_among_good_ones_is_one_error_and_the_good_ones_go() => Sandbox.Run(box =>
    {
        int[] ids = [Sandbox.MakeSet(0), Sandbox.MakeSet(0), Sandbox.MakeSet(0)];

        box.Invoke($"{ids[0]}, 'semid', '{ids[1]}', {ids[2]} | Remove-IpcSemaphore -Force").Failing("IpcBadInput");

        Assert.All(ids, id => Assert.False(TestLibc.Exists(id)));
    });

    [FactNeeding(Need.Root)]
    public void One_bad_element_of_an_argument_stops_all_before_anything_is_touched() => Sandbox.Run(box =>
    {
        var id = Sandbox.MakeSet(0);

        Assert.True(box.Invoke($"Remove-IpcSemaphore -InputObject {id}, 'semid' -Force").Failing("IpcBadInput").IsTerminated);
        Assert.True(TestLibc.Exists(id));
        box.Invoke($"Remove-IpcSemaphore -InputObject {id} -Force").Clean();
        Assert.False(TestLibc.Exists(id));
    });

    [FactNeeding(Need.Root)]
    public void WhatIf_leaves_everything_shows_the_same_refusals_and_returns_nothing() => Sandbox.Run(box =>
    {
        int stale = Sandbox.MakeSet(0), inUse = Sandbox.MakeSet(0);
        using var user = ActorProcess.Start("operate", inUse, 0, 1);

        box.Invoke("Get-IpcSemaphore | Remove-IpcSemaphore -WhatIf -PassThru").Failing("IpcMayBeInUse", "IpcInUse");
        var outcome = box.Invoke("$WhatIfPreference = $true; Get-IpcSemaphore | Remove-IpcSemaphore -AllowStale -PassThru").Failing("IpcInUse");

        Assert.True(TestLibc.Exists(stale) && TestLibc.Exists(inUse));
        Assert.Empty(outcome.Output);
        Assert.Contains(
            $"What if: Removing semaphore set {stale} (key 0x00000000, owner root, 1 semaphore). Stale: ", outcome.Written, StringComparison.Ordinal);
    });

    [FactNeeding(Need.Root)]
    public void PassThru_returns_what_was_removed_and_only_that() => Sandbox.Run(box =>
    {
        var id = Sandbox.MakeSet(0, count: 2);

        var set = box.Invoke($"Remove-IpcSemaphore 99, {id} -Force -PassThru").Failing("IpcNotFound").Set;

        Assert.Equal((id, 2, "Stale"), (set.Id, set.Count, set.Status));
    });

    [FactNeeding(Need.Root)]
    public void Verbose_tells_what_was_removed_and_why_it_could_be() => Sandbox.Run(box =>
    {
        var id = Sandbox.MakeSet(0, key: 0xabc);

        Assert.Contains(
            $"Removing semaphore set {id} (key 0x00000abc, owner root, 1 semaphore). Stale: ",
            box.Invoke($"Remove-IpcSemaphore {id} -Force -Verbose").Clean().Written, StringComparison.Ordinal);
    });

    [FactNeeding(Need.Root)]
    public void Without_Confirm_nothing_asks_and_with_it_Force_asks_too() => Sandbox.Run(box =>
    {
        int first = Sandbox.MakeSet(0), second = Sandbox.MakeSet(0);
        box.Invoke($"Remove-IpcSemaphore {first} -Force").Clean();

        string? asked = null;
        box.Host.Answer = text =>
        {
            asked = text;
            return 2;
        };
        box.Invoke($"Remove-IpcSemaphore {second} -Force -Confirm").Clean();

        Assert.StartsWith($"Remove semaphore set {second} (key 0x00000000, owner root, 1 semaphore)?\nStale: ", asked, StringComparison.Ordinal);
        Assert.True(TestLibc.Exists(second));
        box.Host.Answer = _ => 0;
        box.Invoke($"Remove-IpcSemaphore {second} -Force -Confirm").Clean();
        Assert.False(TestLibc.Exists(second));
    });

    [FactNeeding(Need.Root)]
    public void Ten_thousand_go_at_once() => Sandbox.Run(box =>
    {
        var owner = FreshIds.Next();
        for (var i = 0; i < 10_000; i++)
            Sandbox.MakeSet(owner);
        var kept = Sandbox.MakeSet(0);

        Assert.Equal(10_000, box.Invoke($"Get-IpcSemaphore -Owner {owner} | Remove-IpcSemaphore -AllowStale -PassThru").Clean().Sets.Count);

        Assert.Equal(kept, box.Invoke("Get-IpcSemaphore").Clean().Set.Id);
    });
}
