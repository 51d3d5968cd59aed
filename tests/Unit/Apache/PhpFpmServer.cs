using System.Diagnostics;
using System.Globalization;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Apache;

/// <summary>
/// A real php-fpm in the namespaces of the calling thread, with two workers that run as Apache's user. It makes no set.
/// </summary>
internal sealed class PhpFpmServer : IDisposable
{
    private const int Workers = 2;
    private const int TerminateSignal = 15;

    private readonly ServerProcesses _processes = new("/usr/sbin/php-fpm8.2");
    private readonly bool _isDaemon;
    private readonly bool _hasSemaphores;
    private readonly string _configuration;
    private readonly string _numberFile;
    private Process? _first;

    /// <param name="folder">Where it keeps its files.</param>
    /// <param name="isDaemon">Whether its master leads a session of its own below pid 1.</param>
    /// <param name="hasSemaphores">Whether its master has loaded PHP's functions for semaphores.</param>
    internal PhpFpmServer(TempFolder folder, bool isDaemon, bool hasSemaphores = true)
    {
        _isDaemon = isDaemon;
        _hasSemaphores = hasSemaphores;
        _numberFile = folder.PathOf("php-fpm.pid");
        _configuration = folder.AddFile(
            "php-fpm.conf",
            $"""
            [global]
            pid = {_numberFile}
            error_log = {folder.PathOf("php-fpm.log")}
            [{ServerAccount.Name}]
            user = {ServerAccount.Name}
            group = {ServerAccount.Name}
            listen = {folder.PathOf("php-fpm.sock")}
            pm = static
            pm.max_children = {Workers}

            """
        );
    }

    /// <summary>The numbers of its master and its workers.</summary>
    internal int[] Ids => _processes.Ids();

    internal int[] WorkerIds => [.. Ids.Where(id => id != MasterId)];

    private int MasterId => int.Parse(File.ReadAllText(_numberFile), CultureInfo.InvariantCulture);

    /// <summary>Starts it and waits until its workers are there.</summary>
    internal void Start()
    {
        // The machine's php.ini and modules are not for tests.
        _first = _processes.Launch([
            "-n",
            .. _hasSemaphores ? new[] { "-d", "extension=sysvsem" } : [],
            "-y",
            _configuration,
            _isDaemon ? "--daemonize" : "--nodaemonize",
        ]);
        Assert.True(!_isDaemon || _first.WaitForExit(Wait.Patience), "php-fpm didn't become a daemon.");
        Wait.Until(() => Ids.Length is 0 or 1 + Workers, "php-fpm has its workers");
        // While it runs, what it says doesn't end.
        if (Ids.Length == 0)
            Assert.Fail($"php-fpm ended instead of running:\n{_first.StandardError.ReadToEnd()}");
        var mappings = File.ReadAllText($"/proc/{MasterId}/maps");
        Assert.Equal(_hasSemaphores, mappings.Contains("/sysvsem.so", StringComparison.Ordinal));
    }

    /// <summary>Ends it as an admin does.</summary>
    internal void Stop()
    {
        TestLibc.Signal(MasterId, TerminateSignal);
        Wait.Until(() => Ids.Length == 0, "php-fpm has stopped");
    }

    public void Dispose()
    {
        _processes.Kill();
        _first?.Dispose();
    }
}
