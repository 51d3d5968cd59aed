using System.Diagnostics;
using System.Globalization;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Apache;

/// <summary>
/// While this lives, a process can't fork, as where no more processes are allowed. A real limit would hit more than one
/// process, and root is exempt from it.
/// </summary>
internal sealed class FailingForks : IDisposable
{
    private const string Calls = "clone,clone3,fork,vfork";
    private const int TerminateSignal = 15;

    private readonly Process _strace;

    internal FailingForks(int process)
    {
        _strace = Process.Start(
            new ProcessStartInfo(
                "/usr/bin/strace",
                [
                    "-qq",
                    "-o",
                    "/dev/null",
                    "-e",
                    $"trace={Calls}",
                    "-e",
                    $"inject={Calls}:error=EAGAIN",
                    "-p",
                    $"{process}",
                ]
            )
            {
                RedirectStandardError = true,
            }
        )!;
        Wait.Until(() => _strace.HasExited || TracerOf(process) == _strace.Id, "strace is attached");
        if (_strace.HasExited)
            Assert.Fail($"strace ended instead of attaching:\n{_strace.StandardError.ReadToEnd()}");
    }

    /// <summary>Lets it fork again.</summary>
    public void Dispose()
    {
        // Not kill -9: a process that it has just stopped would be lost for its parent.
        if (!_strace.HasExited)
            TestLibc.Signal(_strace.Id, TerminateSignal);
        _strace.WaitForExit();
        _strace.Dispose();
    }

    private static int TracerOf(int process)
    {
        const string name = "TracerPid:";
        var line = File.ReadLines($"/proc/{process}/status")
            .First(line => line.StartsWith(name, StringComparison.Ordinal));
        return int.Parse(line[name.Length..], CultureInfo.InvariantCulture);
    }
}
