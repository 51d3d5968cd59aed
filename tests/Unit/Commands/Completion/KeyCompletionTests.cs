using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Commands.Completion;

/// <summary>Alone: statuses are judged only as long as nobody at a prompt would notice.</summary>
[Collection(Alone.Name)]
public class KeyCompletionTests
{
    [FactNeeding(Need.Root)]
    public void What_is_offered_finds_its_set() =>
        Sandbox.Run(box =>
        {
            uint[] keys = [1, 0x7fffffff, 0x80000000, 0xffffffff];
            foreach (var key in keys)
                Sandbox.MakeSet(0, key: key);

            Assert.Equal(
                keys,
                box.CompleteText("Get-IpcSemaphore -Key ")
                    .Select(text => box.Invoke($"Get-IpcSemaphore -Key {text}").Clean().Set.Key)
            );
        });
}
