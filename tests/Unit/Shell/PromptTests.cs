using System.Text.RegularExpressions;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Shell;

/// <summary>ipcsh at a terminal.</summary>
public class PromptTests
{
    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void What_it_lacks_is_told_once_and_before_the_first_prompt()
    {
        using var shell = new PromptShell();
        shell.AssertAlive();
        shell.AssertAlive();

        Assert.Contains("Not here, but in pwsh: Select-Object", shell.Welcome, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(shell.Terminal.Raw, "Not here"));
        Assert.All(shell.Welcome.Split('\n'), line => Assert.InRange(line.Length, 0, 79));
    }

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void A_failed_statement_is_told_and_does_not_fail_the_shell()
    {
        using var shell = new PromptShell();

        Assert.Contains("oh no", shell.Run("throw 'oh no'"), StringComparison.Ordinal);
        shell.Terminal.Type("exit\n");

        Assert.Equal(0, shell.Terminal.WaitForExit());
    }

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void Exit_gives_the_exit_code()
    {
        using var shell = new PromptShell();
        shell.Terminal.Type("exit 7\n");

        Assert.Equal(7, shell.Terminal.WaitForExit());
    }

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void The_end_of_the_input_ends_it()
    {
        using var shell = new PromptShell();
        shell.Terminal.Type(Terminal.CtrlD);

        Assert.Equal(0, shell.Terminal.WaitForExit());
    }

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void A_statement_may_take_several_lines()
    {
        using var shell = new PromptShell();
        shell.Terminal.Type("if ($true) {\n");
        shell.Terminal.WaitFor(">> ");
        shell.Terminal.Type("'in' + 'side'\n");
        shell.Terminal.WaitFor(">> ");

        Assert.Equal("inside\n", shell.Run("}"));
    }

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void A_mistyped_statement_is_explained()
    {
        using var shell = new PromptShell();

        Assert.Contains("Unexpected token", shell.Run(")"), StringComparison.Ordinal);
    }

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void An_error_preference_of_Stop_does_not_end_it()
    {
        using var shell = new PromptShell();
        shell.Run("$ErrorActionPreference = 'Stop'");

        Assert.Contains("no semaphore set with the id 4711", shell.Run("Get-IpcSemaphore 4711"), StringComparison.Ordinal);
        shell.AssertAlive();
    }

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void A_removal_that_names_nothing_is_an_error_and_no_question()
    {
        using var shell = new PromptShell();

        Assert.Contains("Nothing was named to remove", shell.Run("Remove-IpcSemaphore"), StringComparison.Ordinal);
        Assert.Equal("IpcBadInput,PSSysVIpc.Commands.RemoveIpcSemaphoreCommand\n", shell.Run("$Error[0].FullyQualifiedErrorId"));
    }
}
