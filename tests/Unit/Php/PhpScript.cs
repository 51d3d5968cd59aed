using System.Diagnostics;
using PSSysVIpc.Tests.Apache;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Php;

/// <summary>A script that a real php runs as a user of its own, in the namespaces of the calling thread.</summary>
internal sealed class PhpScript : IDisposable
{
    private static readonly string[] s_functions =
    [
        "-d",
        "extension=sysvsem",
        "-d",
        "extension=sysvshm",
        "-d",
        "extension=sysvmsg",
    ];

    private readonly Process _process;

    private PhpScript(Process process) => _process = process;

    internal int Id => _process.Id;

    /// <summary>Starts a script and waits until it has done what it is for; then it goes on living.</summary>
    /// <param name="user">As whom.</param>
    /// <param name="code">What it does.</param>
    /// <param name="hasFunctions">Whether PHP's functions for System V IPC are loaded.</param>
    internal static PhpScript Start(uint user, string code, bool hasFunctions = true)
    {
        var script = StartBlocking(user, $"{code} echo \"done\\n\"; fgets(STDIN);", hasFunctions);
        var said = script._process.StandardOutput.ReadLine();
        if (said == "done")
            return script;
        // What it says doesn't end while it lives.
        TestLibc.TrySignal(script.Id, TestLibc.KillSignal);
        throw new InvalidOperationException(
            said + script._process.StandardOutput.ReadToEnd() + script._process.StandardError.ReadToEnd()
        );
    }

    /// <summary>Starts one that waits for something on its own.</summary>
    internal static PhpScript StartBlocking(uint user, string code, bool hasFunctions = true) =>
        new(
            ServerProcesses.Launch(
                "/usr/bin/setpriv",
                [
                    $"--reuid={user}",
                    $"--regid={user}",
                    "--clear-groups",
                    "--",
                    "/usr/bin/php8.2",
                    // The machine's php.ini and modules are not for tests.
                    "-n",
                    .. hasFunctions ? s_functions : [],
                    "-r",
                    code,
                ]
            )
        );

    /// <summary>Ends it as kill -9 does, and waits until it is gone.</summary>
    public void Dispose()
    {
        if (!_process.HasExited)
            TestLibc.TrySignal(_process.Id, TestLibc.KillSignal);
        _process.WaitForExit();
        _process.Dispose();
    }
}
