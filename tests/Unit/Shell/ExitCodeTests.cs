using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Shell;

/// <summary>Exit codes as pwsh 7.6.5 gave them for the same words: a runbook must not notice which shell it has.</summary>
public class ExitCodeTests
{
    [TheoryNeeding(Need.Root | Need.UtilLinux)]
    [InlineData("exit 5", 5)]
    [InlineData("exit -1", 255)]
    [InlineData("&{ exit 9 }", 9)]
    [InlineData("Get-Command nosuch", 1)]
    [InlineData("Get-Command nosuch; 1", 0)]
    [InlineData("& { Get-Command nosuch }", 0)]
    [InlineData("Get-Command nosuch -ErrorAction SilentlyContinue", 1)]
    [InlineData("throw 'no'", 1)]
    [InlineData("$ErrorActionPreference = 'Stop'; Get-Command nosuch; 1", 1)]
    [InlineData("if (", 1)]
    [InlineData("/bin/false", 1)]
    [InlineData("/bin/sh -c 'exit 7'", 1)]
    public void A_command_ends_as_in_pwsh(string text, int exitCode) => ShellProcess.Run("-c", text).Ending(exitCode);

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void Further_words_belong_to_the_command() => ShellProcess.Run("-Command", "exit", "5").Ending(5);

    [TheoryNeeding(Need.Root | Need.UtilLinux)]
    [InlineData("exit 3", 3)]
    [InlineData("'fine'", 0)]
    [InlineData("throw 'no'", 1)]
    [InlineData("Get-Command nosuch", 0)]
    [InlineData("$ErrorActionPreference = 'Stop'\nGet-Command nosuch\n1", 1)]
    [InlineData("function f { exit 4 }\nf\n1", 4)]
    [InlineData("/bin/sh -c 'exit 7'", 0)]
    [InlineData("if (", 1)]
    [InlineData("[CmdletBinding()] param() $PSCmdlet.WriteError([Management.Automation.ErrorRecord]::new([Exception]::new('no'), 'no', 0, $null))", 0)]
    public void A_script_ends_as_in_pwsh(string text, int exitCode) => ShellProcess.RunScript(text).Ending(exitCode);

    [TheoryNeeding(Need.Root | Need.UtilLinux)]
    [InlineData("-File", "no-such-script.ps1")]
    [InlineData("-File", "")]
    [InlineData("-File")]
    [InlineData("-c")]
    [InlineData("-Command")]
    [InlineData("-NoSuchOption")]
    [InlineData("no-such-word")]
    public void A_bad_command_line_ends_with_64_and_says_why(params string[] words)
    {
        var run = ShellProcess.Run(words).Ending(64);

        Assert.StartsWith("ipcsh: ", run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void Help_is_output_and_no_error() =>
        Assert.Contains("-NonInteractive", ShellProcess.Run("-h").Clean().Output, StringComparison.Ordinal);
}
