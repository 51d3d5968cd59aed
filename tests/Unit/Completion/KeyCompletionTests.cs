using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Completion;

/// <summary>Alone: statuses are judged only as long as nobody at a prompt would notice.</summary>
[Collection(Alone.Name)]
public class KeyCompletionTests
{
    [FactNeeding(Need.Root)]
    public void Keys_are_offered_in_hex_and_the_zeros_need_not_be_typed() => Sandbox.Run(box =>
    {
        Sandbox.MakeSet(0, key: 0xfeedbeef);
        Sandbox.MakeSet(0, key: 0xbeef, count: 2);
        Sandbox.MakeSet(0);

        foreach (var command in new[] { "Get-IpcSemaphore", "Remove-IpcSemaphore" })
        {
            Assert.Equal(["0x0000beef", "0xfeedbeef"], box.CompleteText($"{command} -Key "));
            foreach (var typed in new[] { "0x0000", "0xBe", "0XBEEF", "'0xbeef" })
                Assert.Equal(["0x0000beef"], box.CompleteText($"{command} -Key {typed}"));
        }

        Assert.Equal("semaphore set 1: root, 2 semaphores, Stale", box.Complete("Get-IpcSemaphore -Key 0xbe")[0].ToolTip);
    });

    [FactNeeding(Need.Root)]
    public void What_is_offered_finds_its_set() => Sandbox.Run(box =>
    {
        uint[] keys = [1, 0x7fffffff, 0x80000000, 0xffffffff];
        foreach (var key in keys)
            Sandbox.MakeSet(0, key: key);

        Assert.Equal(keys, box.CompleteText("Get-IpcSemaphore -Key ").Select(text => box.Invoke($"Get-IpcSemaphore -Key {text}").Clean().Set.Key));
    });

    [FactNeeding(Need.Root)]
    public void The_other_parameters_narrow_them() => Sandbox.Run(box =>
    {
        var user = FreshIds.Next();
        Sandbox.MakeSet(user, key: 0xbeef);
        Sandbox.MakeSet(0, key: 0xcafe);

        Assert.Equal(["0x0000beef"], box.CompleteText($"Get-IpcSemaphore -Owner {user} -Key "));
        Assert.Equal(["0x0000cafe"], box.CompleteText("Get-IpcSemaphore 1 -Key "));
    });
}
