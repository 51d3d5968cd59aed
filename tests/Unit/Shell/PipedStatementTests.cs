using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Shell;

/// <summary>Statements that come through a pipe.</summary>
public class PipedStatementTests
{
    [TheoryNeeding(Need.Root | Need.UtilLinux)]
    [InlineData("$x = 5\n$x + 1", "6\n", 0)]
    [InlineData("1\nexit 4\n2\n", "1\n", 4)]
    [InlineData("if ($true) {\n'inside'\n}\n", "inside\n", 0)]
    public void They_run_one_after_the_other_without_a_prompt(string input, string output, int exitCode)
    {
        var run = ShellProcess.RunWithInput(input).Ending(exitCode);

        Assert.Equal(output, run.Output);
        Assert.Equal("", run.Error);
    }

    [TheoryNeeding(Need.Root | Need.UtilLinux)]
    [InlineData("Get-Command nosuch\n", 1)]
    [InlineData("throw 'no'\n'after'\n", 0)]
    public void The_last_one_decides_the_exit_code_as_in_pwsh(string input, int exitCode) =>
        Assert.NotEqual("", ShellProcess.RunWithInput(input).Ending(exitCode).Error);

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void One_that_is_never_complete_is_an_error_that_says_what_is_missing() =>
        Assert.Contains("Missing closing '}'", ShellProcess.RunWithInput("if ($true) {\n").Ending(1).Error, StringComparison.Ordinal);

    // Else the first half of a function is an error, and its second half runs on the spot.
    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void An_empty_line_does_not_end_a_statement() =>
        Assert.Equal("called\n", ShellProcess.RunWithInput("function f {\n\n'called'\n}\nf\n").Clean().Output);

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void They_are_no_answers_to_a_confirmation() => Sandbox.Run(_ =>
    {
        var id = Sandbox.MakeSet(FreshIds.Next());

        var run = ShellProcess.RunWithInput($"Remove-IpcSemaphore {id} -Force -Confirm\n'y'\n").Ending(0);

        Assert.Contains("non-interactive", run.Error, StringComparison.OrdinalIgnoreCase);
        Assert.EndsWith("y\n", run.Output, StringComparison.Ordinal);
        Assert.True(TestLibc.Exists(id));
    });
}
