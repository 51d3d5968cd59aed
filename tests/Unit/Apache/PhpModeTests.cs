using System.Globalization;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Apache;

/// <summary>PHP makes its sets with a key and mode 0666, and never removes them.</summary>
public class PhpModeTests
{
    private const int Mode = 0x1B6;

    [TheoryNeeding(Need.Root | Need.FirstPidNamespace | Need.PhpFpm)]
    [InlineData(0u)]
    [InlineData(0x5eedu)]
    public void Beside_a_php_fpm_it_counts_whether_that_can_use_semaphores(uint key) =>
        Sandbox.Run(_ =>
        {
            using var folder = new TempFolder();
            ServerAccount.Introduce(folder);
            var id = Sandbox.MakeSet(FreshIds.Next(), mode: Mode, key: key);
            using (var without = new PhpFpmServer(folder, isDaemon: false, hasSemaphores: false))
            {
                without.Start();
                AssertOrphanedTomorrow(id);
            }

            using (var php = new PhpFpmServer(folder, isDaemon: false))
            {
                php.Start();
                AssertCouldUse(id, "php-fpm8.2");
            }

            AssertOrphanedTomorrow(id);
        });

    [FactNeeding(Need.Root | Need.FirstPidNamespace | Need.Apache | Need.PhpOfApache)]
    public void What_a_page_has_made_is_in_use_while_its_Apache_lives_then_Stale_and_a_day_later_Orphaned() =>
        Sandbox.Run(box =>
        {
            using var folder = new TempFolder();
            ServerAccount.Introduce(folder);
            folder.AddFile("php.ini", "extension=sysvsem\n");
            using var apache = new ApacheServer(
                folder,
                FreePorts.Take(2),
                $"""
                LoadModule php_module /usr/lib/apache2/modules/libphp8.2.so
                PHPIniDir {folder.PathOf("")}
                <FilesMatch "[.]php$">
                SetHandler application/x-httpd-php
                </FilesMatch>
                """
            );
            folder.AddFile(
                $"{ApacheServer.Pages}/count.php",
                "<?php $s = sem_get(0x5eed); sem_acquire($s); echo 'done';"
            );
            var strangers = Sandbox.MakeSet(FreshIds.Next(), mode: Mode);
            apache.Start();
            Assert.Equal("done", WebPage.Get(apache.Port, "/count.php"));

            var set = box.Invoke("Get-IpcSemaphore -Key 0x5eed").Clean().Set;
            Assert.Equal(("0666", ServerAccount.Name, "InUse"), (set.Mode, set.Owner, set.Status));
            AssertCouldUse(strangers, "apache2");

            apache.Crash();
            var today = Judging.JudgeLater(set.Id);
            Assert.Equal("Stale", today.Status);
            Assert.Contains(
                "a later run of its program could open it by its key",
                today.Reason,
                StringComparison.Ordinal
            );
            AssertOrphanedTomorrow(set.Id);
            AssertOrphanedTomorrow(strangers);
        });

    private static void AssertCouldUse(int id, string program)
    {
        var verdict = Judging.JudgeTomorrow(id);
        Assert.Equal("Stale", verdict.Status);
        Assert.Matches(
            string.Create(
                CultureInfo.InvariantCulture,
                $"^Stale: {program} .* could be using it: its mode 0666 lets every user open it, it has code that makes"
            ),
            verdict.Reason
        );
    }

    private static void AssertOrphanedTomorrow(int id)
    {
        var verdict = Judging.JudgeTomorrow(id);
        Assert.True(verdict.Status == "Orphaned", verdict.Reason);
    }
}
