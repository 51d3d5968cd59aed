using System.Runtime.InteropServices;

namespace PSSysVIpc.Tests.Actor;

/// <summary>
/// Processes that do to segments and queues what a few lines of Perl say, and stay. Perl has no call that attaches a
/// segment and stays attached, so that one is made by its number.
/// </summary>
internal static class PerlIpc
{
    private static readonly bool s_isArm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    /// <summary>
    /// What can be used in the lines: attach(id), cut(address), leave(), mark(id), lock_it(id), ready().
    /// </summary>
    private static string Prelude { get; } =
        $$"""
            $| = 1; alarm 600;
            sub attach { my $at = syscall({{(
                s_isArm ? 196 : 30
            )}}, $_[0] + 0, 0, 0); $at == -1 ? die "shmat: $!" : $at }
            sub cut { syscall({{(s_isArm ? 226 : 10)}}, $_[0] + 4096, 4096, 1) == 0 or die "mprotect: $!" }
            sub leave { syscall({{(s_isArm ? 97 : 272)}}, 0x08000000) == 0 or die "unshare: $!" }
            sub mark { shmctl($_[0], 0, 0) or die "IPC_RMID: $!" }
            sub lock_it { shmctl($_[0], 11, 0) or die "SHM_LOCK: $!" }
            sub ready { print "ready\n" }

            """;

    /// <summary>Starts one, and waits until it is ready.</summary>
    /// <param name="lines">What it does, with its arguments in @ARGV.</param>
    /// <param name="arguments">Those.</param>
    internal static ActorProcess Start(string lines, params object[] arguments) => StartUnder([], lines, arguments);

    /// <summary>The same under another command, such as unshare.</summary>
    internal static ActorProcess StartUnder(string[] command, string lines, params object[] arguments) =>
        ActorProcess.StartCommand([
            .. command,
            "perl",
            "-e",
            Prelude + lines,
            .. arguments.Select(argument => FormattableString.Invariant($"{argument}")),
        ]);

    /// <summary>Runs one to its end.</summary>
    /// <returns>What it had for a number.</returns>
    internal static int Run(string lines, params object[] arguments)
    {
        using var process = Start(lines + "; ready()", arguments);
        process.WaitUntilItEnds();
        return process.Id;
    }
}
