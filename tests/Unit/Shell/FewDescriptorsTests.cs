using System.Diagnostics;
using System.Globalization;
using PSSysVIpc.Tests.Actor;
using PSSysVIpc.Tests.Processes;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Shell;

/// <summary>
/// A shell that runs out of file descriptors sees less, and must not take that for nobody being there.
/// </summary>
public class FewDescriptorsTests
{
    // Some of the limits at which the shell lives and can't see everybody.
    private const int LeastRounds = 8;

    private const string Loop = """
        [Console]::Out.WriteLine('ready')
        while ($null -ne ($id = [Console]::In.ReadLine())) {
            try { Remove-IpcSemaphore -Id $id -Confirm:$false -ErrorAction Stop; [Console]::Out.WriteLine('removed') }
            catch { [Console]::Out.WriteLine('kept ' + $_.FullyQualifiedErrorId) }
        }
        """;

    [FactNeeding(Need.Root | Need.FirstPidNamespace | Need.UtilLinux)]
    public void No_live_set_is_removed_however_few_descriptors_are_left() =>
        Sandbox.Run(_ =>
        {
            uint owner = FreshIds.Next(),
                user = FreshIds.Next();
            var used = Sandbox.MakeSet(user);
            using var actor = ActorProcess.Start("become", user, user, "", "operate", used, 0, 1);
            var doubtful = Sandbox.MakeLeftover(owner);
            using var process = LateComers.Start(owner);
            Sandbox.WaitOutRecentUse();
            using var command = new ShellCommand(new ShellSetting(), "-NonInteractive", "-c", Loop);
            var start = command.ToStart();
            start.RedirectStandardInput = start.RedirectStandardOutput = true;
            using var shell = Process.Start(start)!;
            Assert.Equal("ready", shell.StandardOutput.ReadLine());
            // The first calls load what they need, and that takes descriptors too.
            Assert.True(IsRefused(shell, used, "IpcInUse") && IsRefused(shell, doubtful, "IpcMayBeInUse"));

            var most = HighestDescriptor(shell) + 8;
            var isRunning = true;
            var limit = most;
            for (; limit >= 0 && isRunning; limit -= 2)
            {
                // The hard limit stays, so that the next one can be set.
                using (var prlimit = Process.Start("prlimit", [$"--pid={shell.Id}", $"--nofile={limit}:4096"]))
                    prlimit.WaitForExit();
                isRunning = IsRefused(shell, used, "") && IsRefused(shell, doubtful, "");
            }

            // The runtime ends a process for which it can't get a descriptor of its own; that removes nothing.
            Assert.True(isRunning || limit < most - LeastRounds, $"The shell has ended at {limit}, below {most}.");
            shell.StandardInput.Close();
            Assert.True(shell.WaitForExit(Wait.Patience));
        });

    /// <returns>False where the shell has ended.</returns>
    private static bool IsRefused(Process shell, int id, string error)
    {
        try
        {
            shell.StandardInput.WriteLine(id);
        }
        catch (IOException)
        {
            // It has ended, and so has its output.
        }

        var answer = shell.StandardOutput.ReadLine();
        Assert.True(TestLibc.Exists(id), $"Set {id} is gone: {answer}");
        if (answer is not null)
            Assert.StartsWith($"kept {error}", answer, StringComparison.Ordinal);
        return answer is not null;
    }

    private static int HighestDescriptor(Process process) =>
        Directory
            .GetFiles($"/proc/{process.Id}/fd")
            .Max(path => int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture));
}
