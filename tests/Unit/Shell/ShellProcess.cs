using System.Diagnostics;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Shell;

/// <summary>Runs pwsh with the built module as a process of its own, with pipes, to its end.</summary>
internal static class ShellProcess
{
    private static readonly ShellSetting s_plain = new();

    internal static ShellRun Run(params string[] words) => Run(s_plain, words);

    internal static ShellRun Run(ShellSetting setting, params string[] words) => RunWithInput("", setting, words);

    internal static ShellRun RunWithInput(string input, params string[] words) => RunWithInput(input, s_plain, words);

    internal static ShellRun RunWithInput(string input, ShellSetting setting, params string[] words)
    {
        using var command = new ShellCommand(setting, words);
        return Run(command, input);
    }

    /// <summary>Runs statements that fail.</summary>
    /// <returns>The ids of their errors in order, without the command's name behind them.</returns>
    internal static string[] ErrorIdsOf(ShellSetting setting, params string[] statements)
    {
        var run = Run(
                setting,
                "-c",
                string.Join("; ", statements) + "; foreach ($e in $Error) { \"error: $($e.FullyQualifiedErrorId)\" }"
            )
            .Ending(0);
        var lines = run.Lines.Where(line => line.StartsWith("error: ", StringComparison.Ordinal));
        return [.. lines.Select(line => line["error: ".Length..].Split(',')[0]).Reverse()];
    }

    private static ShellRun Run(ShellCommand command, string input)
    {
        var start = command.ToStart();
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        try
        {
            return Finish(process, input);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }
    }

    private static ShellRun Finish(Process process, string input)
    {
        // Both at once: a full pipe that nobody reads would stop the shell.
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        try
        {
            process.StandardInput.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading what there was for it.
        }

        Assert.True(
            Task.WhenAll(output, error).Wait(Wait.Patience) && process.WaitForExit(Wait.Patience),
            "The shell didn't end."
        );
        return new ShellRun(process.ExitCode, output.Result, error.Result);
    }
}
