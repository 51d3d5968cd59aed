using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Completion;

/// <summary>Alone: statuses are judged only as long as nobody at a prompt would notice.</summary>
[Collection(Alone.Name)]
public class IdCompletionTests
{
    [FactNeeding(Need.Root)]
    public void Ids_that_begin_with_what_was_typed_are_offered_by_both_cmdlets() => Sandbox.Run(box =>
    {
        for (var i = 0; i < 12; i++)
            Sandbox.MakeSet(0);

        foreach (var command in new[] { "Get-IpcSemaphore", "Remove-IpcSemaphore", @"PSSysVIpc\Get-IpcSemaphore" })
        {
            Assert.Equal(Enumerable.Range(0, 12).Select(id => $"{id}"), box.CompleteText($"{command} "));
            Assert.Equal(["1", "10", "11"], box.CompleteText($"{command} -Id 1"));
            Assert.Equal(["10"], box.CompleteText($"{command} -Id 3,10"));
            Assert.Equal(["10"], box.CompleteText($"{command} -Id '10"));
            Assert.Empty(box.CompleteText($"{command} -Id x"));
        }
    });

    [FactNeeding(Need.Root)]
    public void The_tip_tells_the_owner_the_count_and_the_status() => Sandbox.Run(box =>
    {
        var user = FreshIds.Next();
        Sandbox.MakeSet(0);
        Sandbox.MakeSet(user, count: 3, mode: 0x1b6);

        WaitForStatus(box);
        Assert.Equal(["root, 1 semaphore, Stale", $"{user}, 3 semaphores, Stale"], box.Complete("Get-IpcSemaphore ").Select(result => result.ToolTip));
    });

    [FactNeeding(Need.Root | Need.FirstPidNamespace)]
    public void The_status_in_the_tip_is_the_one_that_Get_gives() => Sandbox.Run(box =>
    {
        Sandbox.MakeSet(0);
        Sandbox.MakeLeftover();
        Sandbox.WaitOutRecentUse();

        var judged = box.Invoke("Get-IpcSemaphore").Clean().Sets.Select(set => set.Status).ToArray();

        Assert.Equal([IpcStatus.Stale, IpcStatus.Orphaned], judged);
        WaitForStatus(box);
        Assert.Equal(judged, box.Complete("Remove-IpcSemaphore ").Select(result => result.ToolTip.Split(", ")[2]));
        Assert.Equal(["1"], box.CompleteText("Get-IpcSemaphore -Status Orphaned -Id "));
        Assert.Equal(["0"], box.CompleteText("Get-IpcSemaphore -Status stale, InUse -Id "));
    });

    [FactNeeding(Need.Root)]
    public void The_other_parameters_narrow_them() => Sandbox.Run(box =>
    {
        uint one = FreshIds.Next(), two = FreshIds.Next();
        Sandbox.MakeSet(one, key: 0xbeef);
        Sandbox.MakeSet(two, key: 0xffffffff);
        Sandbox.MakeSet(two);

        Assert.Equal(["1", "2"], box.CompleteText($"Get-IpcSemaphore -Owner {two} -Id "));
        Assert.Equal(["0"], box.CompleteText($"Get-IpcSemaphore -Owner *{one}, nobody -Id "));
        Assert.Equal(["1"], box.CompleteText($"Get-IpcSemaphore -Owner {two} -Key 0xffffffff -Id "));
        Assert.Empty(box.CompleteText($"Get-IpcSemaphore -Owner {two} -Key 0xbeef -Id "));
    });

    [FactNeeding(Need.Root)]
    public void What_is_not_known_before_the_line_runs_or_is_not_good_narrows_nothing() => Sandbox.Run(box =>
    {
        Sandbox.MakeSet(0, key: 0xbeef);
        Sandbox.MakeSet(0);

        foreach (var other in new[] { "-Owner $nothing", "-Owner (Get-Command)", "-Owner [", "-Owner $null", "-Key nokey", "-Key 0", "-Key ($x = 5)", "-Status" })
            Assert.Equal(["0", "1"], box.CompleteText($"Get-IpcSemaphore {other} -Id "));
        Assert.DoesNotContain(box.Invoke("$x").Clean().Output, x => x is not null);
    });

    [FactNeeding(Need.Root)]
    public void Of_many_all_are_offered_and_the_first_are_judged() => Sandbox.Run(box =>
    {
        for (var i = 0; i < 300; i++)
            Sandbox.MakeSet(0);

        var all = box.Complete("Get-IpcSemaphore ");
        Assert.Equal(300, all.Count);
        Assert.Equal("root, 1 semaphore", all[^1].ToolTip);
        // What was typed comes first: so the one that is meant is judged, wherever it stands.
        Assert.Equal(11, box.CompleteText("Get-IpcSemaphore 29").Count());
        Assert.StartsWith("root, 1 semaphore", Assert.Single(box.Complete("Get-IpcSemaphore 299")).ToolTip, StringComparison.Ordinal);
    });

    // On a machine that is busy there may at first be no time to judge.
    private static void WaitForStatus(Sandbox box) =>
        Wait.Until(() => box.Complete("Get-IpcSemaphore ").All(result => result.ToolTip.Split(", ").Length == 3), "the statuses are in the tips");
}
