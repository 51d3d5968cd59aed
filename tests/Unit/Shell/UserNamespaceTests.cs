using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Shell;

/// <summary>A plain user who is root of a user namespace, over an IPC namespace that isn't his.</summary>
public class UserNamespaceTests
{
    private const int OpenToAll = 0x1b6;

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void Owners_from_outside_are_nobody_and_their_sets_Unknown() =>
        Sandbox.Run(_ =>
        {
            var open = Sandbox.MakeSet(FreshIds.Next(), mode: OpenToAll);
            var closed = Sandbox.MakeSet(FreshIds.Next());

            var seen = SeenSet.Look(new ShellSetting { User = FreshIds.Next(), OwnUsers = true });

            Assert.Equal((65534, "Unknown"), (seen[open].OwnerId, seen[open].Status));
            Assert.Contains("outside this user namespace", seen[open].Reason, StringComparison.Ordinal);
            Assert.Equal((65534, "Unknown"), (seen[closed].OwnerId, seen[closed].Status));
        });

    // He has every capability there, and none that counts here: -WhatIf must not promise what the kernel refuses.
    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void Its_root_may_not_remove_them() =>
        Sandbox.Run(_ =>
        {
            var id = Sandbox.MakeSet(FreshIds.Next(), mode: OpenToAll);
            var inside = new ShellSetting { User = FreshIds.Next(), OwnUsers = true };

            var errors = ShellProcess.ErrorIdsOf(
                inside,
                $"Remove-IpcSemaphore {id} -Force -WhatIf",
                $"Remove-IpcSemaphore {id} -Force"
            );

            Assert.Equal(["IpcAccessDenied", "IpcAccessDenied"], errors);
            Assert.Equal([id], KernelSets.Ids());
        });

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void The_users_own_sets_are_his_there_too() =>
        Sandbox.Run(_ =>
        {
            var user = FreshIds.Next();
            var id = Sandbox.MakeSet(user);

            ShellProcess
                .Run(new ShellSetting { User = user, OwnUsers = true }, "-c", $"Remove-IpcSemaphore {id} -Force")
                .Clean();

            Assert.Empty(KernelSets.Ids());
        });
}
