using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Shell;

/// <summary>Where nobody sits, nothing is asked: what would ask is an error and touches nothing.</summary>
public class NonInteractiveTests
{
    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void A_confirmation_that_nobody_can_give_is_an_error() => Sandbox.Run(_ =>
    {
        var id = Sandbox.MakeSet(FreshIds.Next());

        // Whoever is there to say yes isn't asked.
        var run = ShellProcess.RunWithInput("y\n", "-NonInteractive", "-c", $"Remove-IpcSemaphore {id} -Force -Confirm").Ending(1);

        Assert.Contains("non-interactive", run.Error, StringComparison.OrdinalIgnoreCase);
        Assert.True(TestLibc.Exists(id));
    });

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void A_question_that_is_not_asked_is_not_shown_either() => Sandbox.Run(_ =>
    {
        var id = Sandbox.MakeSet(FreshIds.Next());

        var run = ShellProcess.Run("-NonInteractive", "-c", $"Remove-IpcSemaphore {id} -Force -Confirm").Ending(1);

        Assert.Equal("", run.Output);
    });

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void An_input_that_has_ended_says_neither_yes_nor_no() => Sandbox.Run(_ =>
    {
        var id = Sandbox.MakeSet(FreshIds.Next());

        ShellProcess.Run("-c", $"Remove-IpcSemaphore {id} -Force -Confirm").Ending(1);

        Assert.True(TestLibc.Exists(id));
    });

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void Without_confirmation_nothing_is_asked() => Sandbox.Run(_ =>
    {
        var id = Sandbox.MakeSet(FreshIds.Next());

        ShellProcess.Run("-NonInteractive", "-c", $"Remove-IpcSemaphore {id} -Force").Clean();

        Assert.False(TestLibc.Exists(id));
    });
}
