using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Shell;

/// <summary>What a script gets of its command line; compared with pwsh 7.6.5.</summary>
public class ScriptArgumentTests
{
    private const string Declared = """
        param([string]$Name, [switch]$All, [int]$Number, [Parameter(ValueFromRemainingArguments)] [string[]]$Rest)
        "Name=<$Name> All=$All Number=$Number Rest=<$($Rest -join '|')>"
        """;

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void Words_arrive_as_they_are()
    {
        string[] words =
        [
            "a b", "it's", "\"q\"", "$x", "$HOME", "$(exit 9)", "`n", "", "*", ";", "|", "&", "(1)", "@(1)", "{1}", "#c", "%", "‘curly’", "1,2", "@args",
            "-5", "-1.5", "-", "--", "two\nlines",
        ];

        var run = ShellProcess.RunScript("$args | ForEach-Object { \"<$_>\" }", words).Clean();

        Assert.Equal(string.Concat(words.Select(word => $"<{word}>\n")), run.Output);
    }

    [TheoryNeeding(Need.Root | Need.UtilLinux)]
    [InlineData("Name=<a b> All=True Number=-5 Rest=<r1|r2>", "-Name", "a b", "-All", "-Number", "-5", "r1", "r2")]
    [InlineData("Name=<$HOME> All=False Number=0 Rest=<>", "-Name", "$HOME")]
    [InlineData("Name=<> All=True Number=0 Rest=<>", "-Name", "", "-All:$true")]
    [InlineData("Name=<a b> All=False Number=0 Rest=<>", "-Name:a b")]
    [InlineData("Name=<$HOME> All=False Number=0 Rest=<>", "-Name:$HOME")]
    public void Parameters_bind_as_in_pwsh(string expected, params string[] words) =>
        Assert.Equal(expected + "\n", ShellProcess.RunScript(Declared, words).Clean().Output);

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void A_value_that_does_not_fit_is_an_error() =>
        Assert.Contains("\"abc\"", ShellProcess.RunScript(Declared, "-Number", "abc").Ending(1).Error, StringComparison.Ordinal);
}
