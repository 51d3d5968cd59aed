using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Apache;

/// <summary>An Apache that runs beside what earlier ones have left.</summary>
public class LateApacheTests
{
    [FactNeeding(Need.Root | Need.FirstPidNamespace | Need.Apache)]
    public void Beside_an_Apache_that_began_a_minute_later_leftovers_are_removed_and_its_own_set_stays() =>
        Sandbox.Run(box =>
        {
            using var folder = new TempFolder();
            ServerAccount.Introduce(folder);
            SteadyMachine.Introduce();
            // Started by the tests and not left to pid 1, it would be of their family, which is older than the
            // leftovers.
            using var apache = new ApacheServer(folder, FreePorts.Take(2), isDaemon: true);
            apache.StartAndCrash(3);
            var leftovers = Leftovers.WaitUntilNobodyInherits(box);
            Assert.Equal(3, leftovers.Length);

            apache.Start();
            Wait.Until(() => Live(box, leftovers).Status == "InUse", "a worker waits on Apache's set");
            Leftovers.CheckOrphaned(box, leftovers);
            var live = Live(box, leftovers).Id;

            CleanUp.Run(box).Failing("IpcInUse");
            Assert.Equal([live], box.Invoke("Get-IpcSemaphore").Clean().Sets.Select(set => set.Id));
            Assert.True(apache.IsServing());
        });

    private static IpcSemaphoreSet Live(Sandbox box, int[] leftovers) =>
        Assert.Single(box.Invoke("Get-IpcSemaphore").Clean().Sets, set => !leftovers.Contains(set.Id));
}
