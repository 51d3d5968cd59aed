using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Shell;

/// <summary>Where nobody sits, what would have to be asked touches nothing.</summary>
public class NonInteractiveTests
{
    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void A_yes_on_the_input_confirms_nothing_where_nobody_is_asked() =>
        Sandbox.Run(_ =>
        {
            var id = Sandbox.MakeSet(FreshIds.Next());

            var run = ShellProcess
                .RunWithInput("y\n", "-NonInteractive", "-c", $"Remove-IpcSemaphore {id} -Force -Confirm")
                .Ending(1);

            Assert.Contains("NonInteractive", run.Error, StringComparison.Ordinal);
            Assert.True(TestLibc.Exists(id));
        });

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void An_input_that_has_ended_says_neither_yes_nor_no() =>
        Sandbox.Run(_ =>
        {
            var id = Sandbox.MakeSet(FreshIds.Next());

            ShellProcess.Run("-c", $"Remove-IpcSemaphore {id} -Force -Confirm").Ending(1);

            Assert.True(TestLibc.Exists(id));
        });
}
