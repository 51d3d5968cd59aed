using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Shell;

/// <summary>What a user without rights sees, and may do.</summary>
public class OtherUserTests
{
    private const int Closed = 0x180;
    private const int OpenToAll = 0x1b6;

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void What_the_mode_hides_is_Unknown_and_not_made_up() =>
        Sandbox.Run(_ =>
        {
            var closed = Sandbox.MakeSet(FreshIds.Next(), mode: Closed);
            var open = Sandbox.MakeSet(FreshIds.Next(), mode: OpenToAll);

            var seen = SeenSet.Look(new ShellSetting { User = FreshIds.Next() });

            Assert.Equal(
                ("Unknown", null, null),
                (seen[closed].Status, seen[closed].Semaphores, seen[closed].WaitingCount)
            );
            Assert.Contains("its mode is 0600", seen[closed].Reason, StringComparison.Ordinal);
            Assert.Equal(
                ("Stale", "0: value 0", "0"),
                (seen[open].Status, seen[open].Semaphores, seen[open].WaitingCount)
            );
        });

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void Denied_removals_fail_the_runbook() =>
        Sandbox.Run(_ =>
        {
            var id = Sandbox.MakeSet(FreshIds.Next());

            var run = ShellProcess
                .Run(new ShellSetting { User = FreshIds.Next() }, "-c", $"Remove-IpcSemaphore {id} -Force")
                .Ending(1);

            Assert.Contains(
                "Operation not permitted. Its owner, its creator, or root",
                run.Error,
                StringComparison.Ordinal
            );
        });

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void Ones_own_set_can_be_removed_also_when_root_made_it() =>
        Sandbox.Run(_ =>
        {
            var user = FreshIds.Next();
            var own = Sandbox.MakeSet(user);
            var handedOver = Sandbox.MakeSet(user, creator: 0);
            var made = Sandbox.MakeSet(FreshIds.Next(), creator: user);

            ShellProcess
                .Run(new ShellSetting { User = user }, "-c", $"Remove-IpcSemaphore {own}, {handedOver}, {made} -Force")
                .Clean();

            Assert.Empty(KernelSets.Ids());
        });

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void Ones_other_processes_could_use_ones_own_set() =>
        Sandbox.Run(_ =>
        {
            var user = FreshIds.Next();
            var id = Sandbox.MakeSet(user);
            using var other = Actor.ActorProcess.Start("become", user, user, "");

            Assert.Equal(
                ["IpcMayBeInUse"],
                ShellProcess.ErrorIdsOf(new ShellSetting { User = user }, $"Remove-IpcSemaphore {id}")
            );

            Assert.Contains(
                $"({other.Id}, {user}, since ",
                SeenSet.Look(new ShellSetting { User = user })[id].Reason,
                StringComparison.Ordinal
            );
            Assert.Equal([id], KernelSets.Ids());
        });
}
