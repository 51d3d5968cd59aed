using PSSysVIpc.Tests.Actor;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Shell;

/// <summary>A shell in a PID namespace of its own, as in a container.</summary>
public class PidNamespaceTests
{
    private static readonly ShellSetting s_container = new() { OwnPids = true };

    [FactNeeding(Need.Root | Need.UtilLinux | Need.FirstPidNamespace)]
    public void What_is_Orphaned_outside_is_Stale_inside() =>
        Sandbox.Run(_ =>
        {
            var id = Sandbox.MakeLeftover();
            Sandbox.WaitOutRecentUse();

            Assert.Equal("Orphaned", SeenSet.Look(new ShellSetting())[id].Status);
            var inside = SeenSet.Look(s_container)[id];
            Assert.Equal("Stale", inside.Status);
            Assert.Equal(
                "Stale: this shell runs in a PID namespace of its own (a container), and a user of it may live "
                    + "outside. "
                    + "Look from the machine itself (outside this container) or use -AllowStale.",
                inside.Reason
            );
            Assert.Equal(["IpcMayBeInUse"], ShellProcess.ErrorIdsOf(s_container, $"Remove-IpcSemaphore {id}"));
            Assert.Equal([id], KernelSets.Ids());
        });

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void A_waiter_outside_is_seen_inside() =>
        Sandbox.Run(_ =>
        {
            var id = Sandbox.MakeSet(FreshIds.Next());
            using var waiter = ActorProcess.Start("wait", id, 0, -1);
            Wait.Until(() => TestLibc.Waiting(id, 0) == 1, "the actor waits");

            Assert.Equal("InUse", SeenSet.Look(s_container)[id].Status);
        });

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void With_the_proc_of_another_nothing_is_judged() =>
        Sandbox.Run(_ =>
        {
            var id = Sandbox.MakeSet(FreshIds.Next());

            var seen = SeenSet.Look(s_container with { OwnProc = false })[id];

            Assert.Equal("Unknown", seen.Status);
            Assert.Contains("/proc belongs to another PID namespace", seen.Reason, StringComparison.Ordinal);
        });
}
