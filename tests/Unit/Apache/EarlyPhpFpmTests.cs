using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Apache;

/// <summary>
/// A php-fpm of Apache's user that was there when Apache was: by their user alone its workers could use the sets.
/// </summary>
public class EarlyPhpFpmTests
{
    [TheoryNeeding(Need.Root | Need.FirstPidNamespace | Need.Apache | Need.PhpFpm)]
    [InlineData(true)]
    [InlineData(false)]
    public void The_leftovers_of_Apache_are_Stale_until_an_older_php_fpm_of_its_user_is_stopped(bool isDaemon) =>
        Sandbox.Run(box =>
        {
            using var folder = new TempFolder();
            ServerAccount.Introduce(folder);
            using var php = new PhpFpmServer(folder, isDaemon);
            php.Start();
            using var apache = new ApacheServer(folder, FreePorts.Take(2));
            apache.StartAndCrash(2);
            Sandbox.WaitOutRecentUse();

            var leftovers = box.Invoke("Get-IpcSemaphore").Clean().Sets;
            Assert.Equal(2, leftovers.Count);
            Assert.All(leftovers, set => CheckStale(set, php));
            box.Invoke(CleanUp.Command).Failing("IpcMayBeInUse", "IpcMayBeInUse");
            Assert.All(leftovers, set => Assert.True(TestLibc.Exists(set.Id)));

            php.Stop();
            Leftovers.CheckOrphaned(box, [.. leftovers.Select(set => set.Id)]);
            Assert.Empty(CleanUp.Run(box).Clean().Output);
            Assert.Empty(box.Invoke("Get-IpcSemaphore").Clean().Output);
        });

    private static void CheckStale(IpcSemaphoreSet set, PhpFpmServer php)
    {
        Assert.True(set.Status == "Stale", $"{set.Status}: {set.StatusReason}");
        Assert.Contains(
            php.WorkerIds,
            id => set.StatusReason.Contains($"php-fpm8.2 ({id}, {ServerAccount.Name}, since ", StringComparison.Ordinal)
        );
    }
}
