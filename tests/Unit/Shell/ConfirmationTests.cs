using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Shell;

/// <summary>The question of -Confirm, answered at a terminal.</summary>
public class ConfirmationTests
{
    private const string Question = "(default is \"Y\"): ";

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void Yes_removes_and_no_leaves() => Sandbox.Run(_ =>
    {
        var id = Sandbox.MakeSet(FreshIds.Next());
        using var shell = new PromptShell();

        var asked = Ask(shell, id);
        shell.Run("n");
        Assert.Contains($"Remove semaphore set {id} (key 0x00000000, owner ", asked, StringComparison.Ordinal);
        Assert.Equal([id], KernelSets.Ids());

        Ask(shell, id);
        shell.Run("y");
        Assert.Empty(KernelSets.Ids());
    });

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void No_to_all_leaves_the_others_unasked() => Sandbox.Run(_ =>
    {
        var owner = FreshIds.Next();
        int[] ids = [Sandbox.MakeSet(owner), Sandbox.MakeSet(owner), Sandbox.MakeSet(owner)];
        using var shell = new PromptShell();
        shell.Terminal.Type("Get-IpcSemaphore | Remove-IpcSemaphore -Force -Confirm\n");

        shell.Terminal.WaitFor(Question);
        shell.Terminal.Type("y\n");
        shell.Terminal.WaitFor(Question);
        shell.Run("l");

        Assert.Equal(ids[1..], KernelSets.Ids());
    });

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void Help_and_nonsense_ask_again() => Sandbox.Run(_ =>
    {
        var id = Sandbox.MakeSet(FreshIds.Next());
        using var shell = new PromptShell();

        Ask(shell, id);
        shell.Terminal.Type("?\n");
        Assert.Contains("Skip this operation", shell.Terminal.WaitFor(Question), StringComparison.Ordinal);
        shell.Terminal.Type("maybe\n");
        shell.Terminal.WaitFor(Question);
        shell.Run("no");

        Assert.Equal([id], KernelSets.Ids());
    });

    // Ctrl-C is a no. That Enter, the next key people press, then counts as a yes must not be.
    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void Ctrl_C_takes_the_question_back() => Sandbox.Run(_ =>
    {
        var id = Sandbox.MakeSet(FreshIds.Next());
        using var shell = new PromptShell();

        Ask(shell, id);
        shell.Interrupt();
        shell.Terminal.WaitFor(PromptShell.Prompt);
        shell.Run("");
        shell.AssertAlive();

        Assert.Equal([id], KernelSets.Ids());
    });

    private static string Ask(PromptShell shell, int id)
    {
        shell.Terminal.Type($"Remove-IpcSemaphore {id} -Force -Confirm\n");
        return shell.Terminal.WaitFor(Question);
    }
}
