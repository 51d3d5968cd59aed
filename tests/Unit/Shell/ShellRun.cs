namespace PSSysVIpc.Tests.Shell;

/// <summary>What a shell that has ended left: its exit code and what it wrote.</summary>
internal sealed record ShellRun(int ExitCode, string Output, string Error)
{
    internal string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Fails, with all that was written, unless it ended with this code.</summary>
    internal ShellRun Ending(int exitCode)
    {
        Assert.True(
            ExitCode == exitCode,
            $"Ended with {ExitCode} instead of {exitCode}.\n--- output\n{Output}\n--- error\n{Error}"
        );
        return this;
    }

    /// <summary>Fails unless it ended well and had nothing to complain of.</summary>
    internal ShellRun Clean()
    {
        Ending(0);
        Assert.Equal("", Error);
        return this;
    }
}
