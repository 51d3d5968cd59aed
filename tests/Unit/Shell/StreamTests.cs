using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Shell;

/// <summary>Output goes to the output, errors to the errors, and colours to terminals.</summary>
public class StreamTests
{
    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void Errors_go_to_stderr_and_output_to_stdout()
    {
        var run = ShellProcess.Run("-c", "'before'; Get-IpcSemaphore 4711; 'after'").Ending(0);

        Assert.Equal("before\nafter\n", run.Output);
        Assert.Equal("Get-IpcSemaphore: There is no semaphore set with the id 4711 in this IPC namespace.\n", run.Error);
    }

    [TheoryNeeding(Need.Root | Need.UtilLinux)]
    [InlineData("throw 'oh no'", "Exception: oh no")]
    [InlineData("Get-IpcSemaphore 4711 -ErrorAction Stop", "Get-IpcSemaphore: There is no semaphore set with the id 4711")]
    [InlineData(")", "Unexpected token ')'")]
    public void What_ends_a_command_is_told_on_stderr_alone(string text, string expected)
    {
        var run = ShellProcess.Run("-c", text).Ending(1);

        Assert.Equal("", run.Output);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void Silenced_errors_are_silent() =>
        ShellProcess.Run("-c", "Get-IpcSemaphore 4711 -ErrorAction SilentlyContinue; Get-IpcSemaphore 4711 2>$null; 'quiet'").Clean();

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void No_colours_where_no_terminal_is() => Sandbox.Run(_ =>
    {
        Sandbox.MakeSet(FreshIds.Next());

        var run = ShellProcess.Run("-c", "Get-IpcSemaphore; Get-IpcSemaphore | Remove-IpcSemaphore -WhatIf; throw 'no'").Ending(1);

        // A pipe has no width, and so no reason to lose the last column.
        Assert.Contains("rw-------", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', run.Output);
        Assert.DoesNotContain('\e', run.Error);
    });

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void Colours_where_a_terminal_is() => Sandbox.Run(_ =>
    {
        Sandbox.MakeSet(FreshIds.Next());
        using var shell = new PromptShell();

        Assert.Contains("LastOperationTime", shell.Run("Get-IpcSemaphore"), StringComparison.Ordinal);

        Assert.Contains("\e[32;1m", shell.Terminal.Raw, StringComparison.Ordinal);
    });

    // As pwsh does: https://no-color.org, and a terminal that knows no colours.
    [TheoryNeeding(Need.Root | Need.UtilLinux)]
    [InlineData("NO_COLOR", "1")]
    [InlineData("TERM", "dumb")]
    public void No_colours_where_nobody_wants_them(string name, string value)
    {
        using var shell = new PromptShell(new ShellSetting { Variables = new Dictionary<string, string> { [name] = value } });

        shell.Run("throw 'oh no'");

        Assert.DoesNotContain("\e[31;1m", shell.Terminal.Raw, StringComparison.Ordinal);
    }
}
