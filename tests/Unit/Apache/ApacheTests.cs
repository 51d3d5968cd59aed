using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Apache;

/// <summary>What the module is for: a dead Apache's leftovers go, and a living Apache loses nothing.</summary>
public class ApacheTests
{
    private const int Crashes = 6;

    [FactNeeding(Need.Root | Need.FirstPidNamespace | Need.Apache)]
    public void Apache_starts_again_after_the_leftovers_of_its_crashes_are_removed_and_what_it_then_uses_is_refused() =>
        Sandbox.Run(box =>
        {
            File.WriteAllText("/proc/sys/kernel/sem", $"250 32000 32 {Crashes}");
            using var folder = new TempFolder();
            var user = ServerAccount.Introduce(folder);
            using var apache = new ApacheServer(folder, FreePorts.Take(2));
            apache.StartAndCrash(Crashes);

            Assert.Contains(
                "(28)No space left on device: AH00023: Couldn't create the mpm-accept mutex",
                apache.StartInVain(),
                StringComparison.Ordinal
            );
            Sandbox.WaitOutRecentUse();
            var leftovers = box.Invoke("Get-IpcSemaphore").Clean().Sets;
            Assert.Equal(Crashes, leftovers.Count);
            Assert.All(leftovers, set => CheckOrphaned(set, user));
            Assert.Empty(box.Invoke(CleanUp.Command).Clean().Output);
            Assert.Empty(box.Invoke("Get-IpcSemaphore").Clean().Output);

            apache.Start();
            var live = box.Invoke("Get-IpcSemaphore").Clean().Set;
            Assert.Equal("InUse", live.Status);
            CleanUp.Run(box).Failing("IpcInUse");
            Assert.True(TestLibc.Exists(live.Id));
            Assert.True(apache.IsServing());
            CleanUp.Run(box, CleanUp.Command + " -Force").Clean();
            Assert.False(TestLibc.Exists(live.Id));
        });

    [FactNeeding(Need.Root | Need.FirstPidNamespace | Need.Apache)]
    public void A_healthy_Apache_whose_sets_look_abandoned_keeps_them_all() =>
        Sandbox.Run(box =>
        {
            using var folder = new TempFolder();
            ServerAccount.Introduce(folder);
            using var site = new LockHungrySite(folder);
            site.Server.Start();
            site.CheckPages();
            var sets = box.Invoke("Get-IpcSemaphore").Clean().Sets;
            // One for the TLS sessions and one for the map program; without them this test would show nothing.
            Wait.Until(() => Abandoned(box).Count >= 2, "two sets look abandoned");
            CheckAllRefused(box, sets);

            Sandbox.WaitOutRecentUse();
            Wait.Until(() => Abandoned(box).Count >= 2, "two sets look abandoned");
            Assert.All(
                Abandoned(box),
                set => Assert.DoesNotContain("seconds ago", set.StatusReason, StringComparison.Ordinal)
            );
            CheckAllRefused(box, sets);
            site.CheckPages();
            Assert.Equal(IdsOf(sets), IdsOf(box.Invoke("Get-IpcSemaphore").Clean().Sets));
        });

    private static void CheckOrphaned(IpcSemaphoreSet set, uint user)
    {
        Assert.Equal("Orphaned", set.Status);
        Assert.Equal((ServerAccount.Name, user), (set.Owner, set.OwnerId));
        var last = Assert.Single(set.LastProcesses);
        Assert.False(last.IsAlive);
        Assert.Contains("nobody waits on it", set.StatusReason, StringComparison.Ordinal);
        Assert.Contains($"its last operator {last.Id} has exited", set.StatusReason, StringComparison.Ordinal);
        Assert.Contains($"no process runs as {ServerAccount.Name}", set.StatusReason, StringComparison.Ordinal);
    }

    /// <summary>The sets that nobody waits on and whose last users are gone, by /proc itself.</summary>
    private static List<IpcSemaphoreSet> Abandoned(Sandbox box) =>
        [
            .. box.Invoke("Get-IpcSemaphore")
                .Clean()
                .Sets.Where(set =>
                    set.WaitingCount == 0 && set.LastProcesses.All(last => !Directory.Exists($"/proc/{last.Id}"))
                ),
        ];

    private static void CheckAllRefused(Sandbox box, IReadOnlyList<IpcSemaphoreSet> sets)
    {
        CheckRefused(box, CleanUp.Command, sets.Count(set => set.Owner == ServerAccount.Name));
        // Which locks are the server's and which are root's depends on how Apache was built.
        CheckRefused(box, "Get-IpcSemaphore | Remove-IpcSemaphore", sets.Count);
        Assert.All(sets, set => Assert.True(TestLibc.Exists(set.Id), $"Set {set.Id} is gone."));
    }

    private static void CheckRefused(Sandbox box, string command, int count)
    {
        var outcome = CleanUp.Run(box, command);
        Assert.True(outcome.Errors.Count == count, $"{count} refusals were expected:\n{outcome.ErrorText}");
        Assert.All(outcome.ErrorIds, id => Assert.True(id is "IpcInUse" or "IpcMayBeInUse", id));
    }

    private static int[] IdsOf(IEnumerable<IpcSemaphoreSet> sets) => [.. sets.Select(set => set.Id)];
}
