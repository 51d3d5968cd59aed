using PSSysVIpc.Tests.Actor;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Shell;

/// <summary>A /proc that hides other users' processes (hidepid=2).</summary>
public class HidePidTests
{
    private const int OpenToAll = 0x1b6;

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void To_a_plain_user_use_is_still_use_and_quiet_is_Unknown() =>
        Sandbox.Run(_ =>
        {
            var waitedFor = Sandbox.MakeSet(FreshIds.Next(), mode: OpenToAll);
            using var waiter = ActorProcess.Start("wait", waitedFor, 0, -1);
            Wait.Until(() => TestLibc.Waiting(waitedFor, 0) == 1, "the actor waits");
            var operated = Sandbox.MakeSet(FreshIds.Next(), mode: OpenToAll);
            using var operator_ = ActorProcess.Start("operate", operated, 0, 1);
            var quiet = Sandbox.MakeSet(FreshIds.Next(), mode: OpenToAll);

            var seen = SeenSet.Look(new ShellSetting { User = FreshIds.Next(), Mount = ShellSetting.HidePid });

            Assert.Equal("InUse", seen[waitedFor].Status);
            Assert.Equal("InUse", seen[operated].Status);
            Assert.Contains($"process {operator_.Id}, exists", seen[operated].Reason, StringComparison.Ordinal);
            Assert.Equal("Unknown", seen[quiet].Status);
            Assert.Contains("hidepid=", seen[quiet].Reason, StringComparison.Ordinal);
        });

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void A_plain_user_does_not_remove_what_he_can_not_judge() =>
        Sandbox.Run(_ =>
        {
            var user = FreshIds.Next();
            var id = Sandbox.MakeSet(user);
            var blinded = new ShellSetting { User = user, Mount = ShellSetting.HidePid };

            Assert.Equal(["IpcMayBeInUse"], ShellProcess.ErrorIdsOf(blinded, $"Remove-IpcSemaphore {id} -AllowStale"));
            Assert.Equal([id], KernelSets.Ids());
            ShellProcess.Run(blinded, "-c", $"Remove-IpcSemaphore {id} -Force").Clean();
            Assert.Empty(KernelSets.Ids());
        });

    [FactNeeding(Need.Root | Need.UtilLinux | Need.FirstPidNamespace)]
    public void Root_judges_as_ever() =>
        Sandbox.Run(_ =>
        {
            var operated = Sandbox.MakeSet(FreshIds.Next());
            using var operator_ = ActorProcess.Start("operate", operated, 0, 1);
            var quiet = Sandbox.MakeSet(FreshIds.Next());

            var seen = SeenSet.Look(new ShellSetting { Mount = ShellSetting.HidePid });

            Assert.Equal("InUse", seen[operated].Status);
            Assert.Contains($"({operator_.Id}, root, since ", seen[operated].Reason, StringComparison.Ordinal);
            Assert.True(seen[quiet].Status is "Stale" or "Orphaned", seen[quiet].Reason);
        });
}
