using PSSysVIpc.Ipc;
using PSSysVIpc.Kinds;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Apache;

/// <summary>A living Apache in the moments in which it has no worker, or seems to have none.</summary>
public class RestlessApacheTests
{
    [FactNeeding(Need.Root | Need.FirstPidNamespace | Need.Apache)]
    public void Apache_between_two_generations_of_workers_keeps_its_sets() =>
        Sandbox.Run(box =>
        {
            using var folder = new TempFolder();
            ServerAccount.Introduce(folder);
            using var site = new LockHungrySite(folder);
            site.Server.Start();
            site.CheckPages();
            var sets = box.Invoke("Get-IpcSemaphore").Clean().Sets;
            // The one its workers take turns by, those of its TLS sessions and of its map program.
            Assert.True(sets.Count >= 3, $"Apache has only {sets.Count} sets.");
            Sandbox.WaitOutRecentUse();

            for (var round = 0; round < 10; round++)
            {
                // Three workers serve one request each and exit; the master makes new ones within a second.
                for (var i = 0; i < 3; i++)
                    site.Server.IsServing();
                var outcome = box.Invoke("Get-IpcSemaphore | Remove-IpcSemaphore");
                Assert.All(
                    sets,
                    set =>
                        Assert.True(
                            TestLibc.Exists(set.Id),
                            $"Round {round}: set {set.Id} is gone.\n{outcome.ErrorText}"
                        )
                );
                Thread.Sleep(TimeSpan.FromSeconds(2));
            }

            site.CheckPages();
        });

    [FactNeeding(Need.Root | Need.FirstPidNamespace | Need.Apache)]
    public void The_sets_of_a_stopped_Apache_without_workers_are_Stale_and_it_serves_again_when_it_goes_on() =>
        Sandbox.Run(_ =>
        {
            using var folder = new TempFolder();
            var user = ServerAccount.Introduce(folder);
            using var site = new LockHungrySite(folder);
            site.Server.Start();
            site.CheckPages();
            var sets = new SemaphoreKind(IpcKernel.OpenCurrent())
                .Read()
                .Where(row => row.OwnerId == user)
                .Select(row => row.Id)
                .ToArray();
            Assert.NotEmpty(sets);
            var master = site.Server.MasterId;
            site.Server.Stop();
            try
            {
                Wait.Until(
                    () => site.Server.KillWorkers() + ServerAccount.KillProcesses(user) == 0,
                    "the workers are dead"
                );

                var verdicts = sets.Select(id => Judging.JudgeLater(id)).ToArray();
                Assert.All(verdicts, verdict => Assert.Equal("Stale", verdict.Status));
                // As the master, or as the parent of the zombie that used the set last.
                Assert.All(
                    verdicts,
                    verdict =>
                        Assert.Contains($"apache2 ({master}, root, since ", verdict.Reason, StringComparison.Ordinal)
                );
            }
            finally
            {
                site.Server.GoOn();
            }

            Wait.Until(site.Server.IsServing, "Apache serves again");
            Assert.All(sets, id => Assert.True(TestLibc.Exists(id)));
            site.CheckPages();
        });
}
