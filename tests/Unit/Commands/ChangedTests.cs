using PSSysVIpc.Tests.Actor;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Commands;

/// <summary>What changed since it was read is never removed, whatever switches are given.</summary>
public class ChangedTests
{
    public static TheoryData<string> Changes =>
        ["owner", "mode", "value", "operation", "undone operation", "another set under its id"];

    [TheoryNeeding(Need.Root)]
    [MemberData(nameof(Changes))]
    public void Since_it_was_read(string change) =>
        Sandbox.Run(box =>
        {
            var id = Sandbox.MakeSet(0);
            box.Invoke("$s = Get-IpcSemaphore").Clean();
            Make(change, id);

            box.Invoke("$s | Remove-IpcSemaphore -Force").Failing("IpcChanged");
            box.Invoke("$s | Remove-IpcSemaphore -Force -WhatIf").Failing("IpcChanged");

            Assert.True(TestLibc.Exists(id));
            box.Invoke("Get-IpcSemaphore | Remove-IpcSemaphore -Force").Clean();
        });

    [TheoryNeeding(Need.Root)]
    [MemberData(nameof(Changes))]
    public void While_the_prompt_stands(string change) =>
        Sandbox.Run(box =>
        {
            var id = Sandbox.MakeSet(0);
            box.Host.Answer = _ =>
            {
                Make(change, id);
                return 0;
            };

            box.Invoke($"Remove-IpcSemaphore {id} -Force -Confirm").Failing("IpcChanged");

            Assert.True(TestLibc.Exists(id));
        });

    [FactNeeding(Need.Root)]
    public void A_process_that_begins_to_wait_while_the_prompt_stands() =>
        Sandbox.Run(box =>
        {
            var id = Sandbox.MakeSet(0);
            ActorProcess? waiter = null;
            box.Host.Answer = _ =>
            {
                waiter = ActorProcess.Start("wait", id, 0, -1);
                Wait.Until(() => TestLibc.Waiting(id, 0) == 1, "the actor waits");
                return 0;
            };

            using (waiter)
            {
                box.Invoke($"Remove-IpcSemaphore {id} -AllowStale -Confirm").Failing("IpcChanged");
                Assert.True(TestLibc.Exists(id));
                waiter?.Kill();
            }
        });

    [FactNeeding(Need.Root)]
    public void Removed_by_somebody_else_while_the_prompt_stands_is_not_found() =>
        Sandbox.Run(box =>
        {
            var id = Sandbox.MakeSet(0);
            box.Host.Answer = _ =>
            {
                TestLibc.Remove(id);
                return 0;
            };

            box.Invoke($"Remove-IpcSemaphore {id} -Force -Confirm").Failing("IpcNotFound");
        });

    [FactNeeding(Need.Root | Need.FirstPidNamespace)]
    public void Read_as_orphaned_and_doubtful_now() =>
        Sandbox.Run(box =>
        {
            uint owner = FreshIds.Next(),
                other = FreshIds.Next();
            int first = Sandbox.MakeSet(owner),
                second = Sandbox.MakeSet(other);
            Sandbox.WaitOutRecentUse();
            Assert.All(
                box.Invoke("$s = Get-IpcSemaphore; $s").Clean().Sets,
                set => Assert.Equal("Orphaned", set.Status)
            );
            using var successor = ActorProcess.Start("become", owner, owner, "");

            var outcome = box.Invoke("$s[0] | Remove-IpcSemaphore -Force").Failing("IpcChanged");

            Assert.Contains(
                $"it was Orphaned, and now it is Stale: dotnet ({successor.Id}, {owner}, since ",
                outcome.ErrorText,
                StringComparison.Ordinal
            );
            Assert.True(TestLibc.Exists(first));

            // The same between the question and the answer.
            ActorProcess? late = null;
            box.Host.Answer = _ =>
            {
                late = ActorProcess.Start("become", other, other, "");
                return 0;
            };
            box.Invoke("$s[1] | Remove-IpcSemaphore -Confirm").Failing("IpcChanged");
            late!.Dispose();
            Assert.True(TestLibc.Exists(second));
        });

    private static void Make(string change, int id)
    {
        switch (change)
        {
            case "owner":
                TestLibc.SetOwner(id, FreshIds.Next(), 0, 0x180);
                break;
            case "mode":
                TestLibc.SetOwner(id, 0, 0, 0x1A0);
                break;
            case "value":
                TestLibc.SetSemaphore(id, 0, 5);
                break;
            case "operation":
                ActorProcess.Operate(id, 0, 1);
                break;
            case "undone operation":
                ActorProcess.Operate(id, 0, 1, 0, -1);
                break;
            default:
                TestLibc.Remove(id);
                GetTests.WithId(id);
                // As everything else of it may be the same, so may its second of birth be: the key tells.
                TestLibc.Remove(id);
                File.WriteAllText("/proc/sys/kernel/sem_next_id", $"{id}");
                Assert.Equal(id, TestLibc.MakeSet(0x77, 1, 0x180));
                break;
        }
    }
}
