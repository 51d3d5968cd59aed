using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Shell;

/// <summary>Ctrl-C in the middle of a big removal.</summary>
public class InterruptedRemovalTests
{
    private const int Many = 10_000;

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void What_is_removed_is_gone_and_the_rest_stays() =>
        Sandbox.Run(_ =>
        {
            var owner = FreshIds.Next();
            for (var i = 0; i < Many; i++)
                Sandbox.MakeSet(owner);
            using var shell = new PromptShell(new ShellSetting { User = owner });
            // Slowly enough that the press comes long before the end.
            shell.Terminal.Type(
                "Get-IpcSemaphore | ForEach-Object { [Threading.Thread]::Sleep(5); $_ } | Remove-IpcSemaphore -Force\r"
            );
            Wait.Until(() => KernelSets.Ids().Length < Many - 50, "some are removed");

            shell.Interrupt();

            shell.WaitForPrompt();
            var left = KernelSets.Ids().Length;
            Assert.InRange(left, Many / 2, Many - 50);
            // In that order: what still ran would show here.
            shell.AssertAlive();
            Assert.Equal(left, KernelSets.Ids().Length);
            Assert.Equal($"{left}\n", shell.Run("@(Get-IpcSemaphore).Length"));
        });
}
