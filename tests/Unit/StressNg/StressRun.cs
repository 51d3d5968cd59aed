using System.Diagnostics;
using PSSysVIpc.Tests.Apache;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.StressNg;

/// <summary>
/// A real stress-ng in the namespace of the calling thread: it makes, attaches, detaches and removes segments all the
/// time, and sends messages from one of its processes to another. Whatever it doesn't get back, it calls a failure.
/// </summary>
internal sealed class StressRun : IDisposable
{
    // More than any test takes: it is asked to end.
    private const string Longest = "600";
    private const int InterruptSignal = 2;

    private readonly ServerProcesses _processes = new("/usr/bin/stress-ng");
    private readonly Process _first;
    private readonly Task<string> _said;

    /// <param name="folder">Where it keeps its files.</param>
    /// <param name="user">As whom it runs.</param>
    internal StressRun(TempFolder folder, uint user)
    {
        File.SetUnixFileMode(folder.AddFolder("stress"), (UnixFileMode)0b111_111_111);
        _first = ServerProcesses.Launch(
            "/usr/bin/setpriv",
            [
                $"--reuid={user}",
                $"--regid={user}",
                "--clear-groups",
                "--",
                "/usr/bin/stress-ng",
                "--shm-sysv",
                "2",
                "--msg",
                "2",
                "--temp-path",
                folder.PathOf("stress"),
                "--timeout",
                Longest,
            ]
        );
        // It writes little, but nobody may wait for it.
        _said = Task.WhenAll(_first.StandardOutput.ReadToEndAsync(), _first.StandardError.ReadToEndAsync())
            .ContinueWith(read => string.Concat(read.Result), TaskScheduler.Default);
    }

    internal bool IsRunning => !_first.HasExited;

    /// <summary>Lets it end as at the end of its time.</summary>
    /// <returns>What it said, and its exit code.</returns>
    internal (int Code, string Said) Finish()
    {
        TestLibc.TrySignal(_first.Id, InterruptSignal);
        Assert.True(_first.WaitForExit(Wait.Patience), "stress-ng doesn't end.");
        return (_first.ExitCode, _said.Result);
    }

    public void Dispose()
    {
        _processes.Kill();
        _first.Dispose();
    }
}
