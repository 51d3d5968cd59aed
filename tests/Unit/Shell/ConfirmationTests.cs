using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Shell;

/// <summary>The question of -Confirm, at a terminal.</summary>
public class ConfirmationTests
{
    private const string Question = "(default is \"Y\"):";

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void No_to_all_leaves_the_others_unasked() =>
        Sandbox.Run(_ =>
        {
            var owner = FreshIds.Next();
            int[] ids = [Sandbox.MakeSet(owner), Sandbox.MakeSet(owner), Sandbox.MakeSet(owner)];
            using var shell = new PromptShell();
            shell.Terminal.Type("Get-IpcSemaphore | Remove-IpcSemaphore -Force -Confirm\r");

            shell.Terminal.WaitFor(Question);
            shell.Terminal.Type("y\r");
            shell.Terminal.WaitFor(Question);
            shell.Run("l");

            Assert.Equal(ids[1..], KernelSets.Ids());
        });

    // Ctrl-C is a no. That Enter, the next key people press, then counts as a yes must not be.
    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void Ctrl_C_takes_the_question_back() =>
        Sandbox.Run(_ =>
        {
            var id = Sandbox.MakeSet(FreshIds.Next());
            using var shell = new PromptShell();
            shell.Terminal.Type($"Remove-IpcSemaphore {id} -Force -Confirm\r");
            shell.Terminal.WaitFor(Question);

            shell.Interrupt();
            shell.WaitForPrompt();
            shell.Run("");
            shell.AssertAlive();

            Assert.Equal([id], KernelSets.Ids());
        });
}
