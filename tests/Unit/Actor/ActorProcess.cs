using System.Diagnostics;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Actor;

/// <summary>A real process that uses a set, started from the calling thread and so in its namespaces.</summary>
internal sealed class ActorProcess : IDisposable
{
    private readonly Process _process;

    private ActorProcess(Process process) => _process = process;

    internal int Id => _process.Id;

    internal static string[] CommandLine(params object[] words) =>
        ["dotnet", typeof(ActorProcess).Assembly.Location, .. words.Select(word => word.ToString()!)];

    /// <summary>Starts an actor and waits until it has done what it was told and stays.</summary>
    internal static ActorProcess Start(params object[] words) => StartCommand(CommandLine(words));

    /// <summary>Runs a process that operates on a set, and ends.</summary>
    /// <param name="set">The set.</param>
    /// <param name="steps">Number and change of a semaphore, and so on.</param>
    /// <returns>The process id it had.</returns>
    internal static int Operate(int set, params int[] steps)
    {
        const string program =
            "my ($set, @steps) = @ARGV; while (my ($number, $change) = splice @steps, 0, 2) "
            + "{ semop $set, pack('s!3', $number, $change, 0) or die $! }";
        using var actor = Launch(["perl", "-e", program, $"{set}", .. steps.Select(step => $"{step}")]);
        Assert.True(actor._process.WaitForExit(Wait.Patience), "The actor didn't end.");
        Assert.Equal(0, actor._process.ExitCode);
        return actor.Id;
    }

    /// <summary>Starts any command that says "ready" on its output.</summary>
    internal static ActorProcess StartCommand(params string[] command)
    {
        var actor = Launch(command);
        var line = actor._process.StandardOutput.ReadLine();
        Assert.True(line == "ready", $"The actor said '{line}' instead of being ready: {string.Join(' ', command)}");
        return actor;
    }

    /// <summary>As kill -9 does, and waits until it is gone.</summary>
    internal void Kill()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
    }

    /// <summary>Of one that ends by itself.</summary>
    internal void WaitUntilItEnds() => Assert.True(_process.WaitForExit(Wait.Patience), "The actor didn't end.");

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
    }

    private static ActorProcess Launch(string[] command) =>
        new(
            Process.Start(
                new ProcessStartInfo(command[0], command[1..])
                {
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                }
            )!
        );
}
