using System.Diagnostics;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Apache;

/// <summary>An Apache that can't make new workers for a while.</summary>
public class FailingForkTests
{
    // Apache tries every ten seconds: so it fails several times, and the ten seconds after the last use are long over.
    private static readonly TimeSpan s_while = TimeSpan.FromSeconds(35);

    [FactNeeding(Need.Root | Need.FirstPidNamespace | Need.Apache | Need.Strace)]
    public void Apache_keeps_its_sets_while_its_workers_are_dead_and_it_can_not_fork_new_ones() =>
        Sandbox.Run(box =>
        {
            using var folder = new TempFolder();
            var user = ServerAccount.Introduce(folder);
            using var site = new LockHungrySite(folder);
            var apache = site.Server;
            apache.Start();
            site.CheckPages();
            var sets = box.Invoke("Get-IpcSemaphore").Clean().Sets.Select(set => set.Id).ToArray();
            // The one its workers take turns by, those of its TLS sessions and of its map program.
            Assert.True(sets.Length >= 3, $"Apache has only {sets.Length} sets.");

            using (new FailingForks(apache.MasterId))
            {
                Wait.Until(
                    () => apache.KillWorkers() + ServerAccount.KillProcesses(user) == 0 && HasFailed(apache),
                    "the workers are dead and fork has failed"
                );
                for (var clock = Stopwatch.StartNew(); clock.Elapsed < s_while; Thread.Sleep(TimeSpan.FromSeconds(1)))
                {
                    CheckKept(box, sets, apache.MasterId);
                    // With one of them alive this test would show nothing.
                    Assert.Empty(ServerAccount.Processes(user));
                }
            }

            Wait.Until(apache.IsServing, "Apache serves again");
            site.CheckPages();
            Assert.Equal(sets, box.Invoke("Get-IpcSemaphore").Clean().Sets.Select(set => set.Id));
        });

    private static void CheckKept(Sandbox box, int[] sets, int master)
    {
        var seen = box.Invoke("Get-IpcSemaphore").Clean().Sets;
        Assert.All(seen, set => Assert.True(set.Status != "Orphaned", set.StatusReason));
        var refused = box.Invoke("Get-IpcSemaphore | Remove-IpcSemaphore");
        Assert.All(sets, id => Assert.True(TestLibc.Exists(id), $"Set {id} is gone.\n{refused.ErrorText}"));
        foreach (var verdict in sets.Select(id => Judging.JudgeLater(id)))
        {
            Assert.True(verdict.Status == "Stale", $"{verdict.Status}: {verdict.Reason}");
            Assert.Contains($"apache2 ({master}, root, since ", verdict.Reason, StringComparison.Ordinal);
        }
    }

    private static bool HasFailed(ApacheServer apache) =>
        apache.Log.Contains("AH00159: fork: Unable to fork new process", StringComparison.Ordinal);
}
