using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Apache;

/// <summary>
/// A php-fpm of Apache's user that runs beside what a crashed Apache has left, and began long after it.
/// </summary>
public class LatePhpFpmTests
{
    [FactNeeding(Need.Root | Need.FirstPidNamespace | Need.Apache | Need.PhpFpm)]
    public void Beside_a_php_fpm_that_began_a_minute_later_the_leftovers_of_Apache_are_removed() =>
        Sandbox.Run(box =>
        {
            using var folder = new TempFolder();
            ServerAccount.Introduce(folder);
            SteadyMachine.Introduce();
            using var apache = new ApacheServer(folder, FreePorts.Take(2));
            apache.StartAndCrash(2);
            var leftovers = Leftovers.WaitUntilNobodyInherits(box);
            Assert.Equal(2, leftovers.Length);

            using var php = new PhpFpmServer(folder, isDaemon: true);
            php.Start();
            var processes = php.Ids;
            Leftovers.CheckOrphaned(box, leftovers);

            Assert.Empty(CleanUp.Run(box).Clean().Output);
            Assert.Empty(box.Invoke("Get-IpcSemaphore").Clean().Output);
            Assert.Equal(processes, php.Ids);
        });
}
