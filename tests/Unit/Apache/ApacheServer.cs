using System.Diagnostics;
using System.Globalization;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Apache;

/// <summary>
/// A real Apache in the namespaces of the calling thread. It keeps its locks in semaphore sets, and listens on two
/// ports: with one, its workers need no lock to take turns, and it makes no set.
/// </summary>
internal sealed class ApacheServer : IDisposable
{
    private const string Page = "/up.txt";
    private const string PageText = "This server is up.";
    private const int StopSignal = 19;
    private const int ContinueSignal = 18;

    private readonly ServerProcesses _processes = new("/usr/sbin/apache2");
    private readonly bool _isDaemon;
    private readonly string _configuration;
    private readonly string _numberFile;
    private readonly string _log;
    private Process? _first;

    /// <param name="folder">Where it keeps its files.</param>
    /// <param name="ports">The two it listens on.</param>
    /// <param name="settings">
    /// What is to stand in its configuration beside what every server of these tests has.
    /// </param>
    /// <param name="isDaemon">
    /// Whether its master leads a session of its own below pid 1, as on a machine that boots it.
    /// </param>
    internal ApacheServer(TempFolder folder, int[] ports, string settings = "", bool isDaemon = false)
    {
        Port = ports[0];
        _isDaemon = isDaemon;
        _numberFile = folder.PathOf("apache2.pid");
        _log = folder.PathOf("error.log");
        _configuration = folder.AddFile(
            "apache2.conf",
            $"""
            ServerRoot {folder.PathOf("")}
            DefaultRuntimeDir {folder.PathOf("")}
            PidFile {_numberFile}
            ErrorLog {_log}
            ServerName localhost
            {Module("mpm_prefork")}
            {Module("authz_core")}
            User {ServerAccount.Name}
            Group {ServerAccount.Name}
            Mutex sysvsem default
            Listen 127.0.0.1:{ports[0]}
            Listen 127.0.0.1:{ports[1]}
            StartServers 3
            MinSpareServers 3
            MaxSpareServers 5
            DocumentRoot {folder.AddFolder(Pages)}
            {settings}

            """
        );
        folder.AddFile(Pages + Page, PageText);
    }

    /// <summary>The name of the folder that it serves.</summary>
    internal const string Pages = "pages";

    internal int Port { get; }

    /// <summary>The number of the process that its workers are children of.</summary>
    internal int MasterId => int.Parse(File.ReadAllText(_numberFile), CultureInfo.InvariantCulture);

    /// <summary>What it has written to its error log.</summary>
    internal string Log => File.Exists(_log) ? File.ReadAllText(_log) : "";

    internal static string Module(string name) => $"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so";

    /// <summary>Starts it and waits until it serves its page.</summary>
    internal void Start()
    {
        Launch();
        // The first process of a daemon leaves everything to its child.
        Assert.True(!_isDaemon || _first!.WaitForExit(Wait.Patience), "Apache didn't become a daemon.");
        Wait.Until(() => IsServing() || _processes.Ids().Length == 0, "Apache serves a page");
        Assert.True(_processes.Ids().Length > 0, $"Apache ended instead of serving pages:\n{Said()}");
    }

    /// <summary>Starts it where it can't start, and waits until it has given up.</summary>
    /// <returns>What it said.</returns>
    internal string StartInVain()
    {
        Launch();
        Assert.True(_first!.WaitForExit(Wait.Patience), "Apache started, or hangs, where it should have failed.");
        Assert.NotEqual(0, _first.ExitCode);
        return Said();
    }

    /// <summary>Starts it and kills it, this many times; each time it leaves its sets behind.</summary>
    internal void StartAndCrash(int times)
    {
        for (var i = 0; i < times; i++)
        {
            Start();
            Crash();
        }
    }

    internal bool IsServing()
    {
        try
        {
            return WebPage.Get(Port, Page) == PageText;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Ends it and its workers as kill -9 does, and waits until they are gone.</summary>
    internal void Crash()
    {
        _processes.Kill();
        _first?.Dispose();
        _first = null;
    }

    /// <summary>Stops its first process, and waits until that can't fork any more.</summary>
    internal void Stop()
    {
        TestLibc.Signal(MasterId, StopSignal);
        var status = $"/proc/{MasterId}/status";
        Wait.Until(
            () => File.ReadAllText(status).Contains("\nState:\tT", StringComparison.Ordinal),
            "Apache's master has stopped"
        );
    }

    /// <summary>Lets its first process go on.</summary>
    internal void GoOn() => TestLibc.Signal(MasterId, ContinueSignal);

    /// <summary>
    /// Ends its workers as kill -9 does, also one that was forked a moment ago and is root still.
    /// </summary>
    /// <returns>How many there were.</returns>
    internal int KillWorkers()
    {
        int[] workers = [.. _processes.Ids().Where(id => id != MasterId)];
        foreach (var worker in workers)
            TestLibc.TrySignal(worker, TestLibc.KillSignal);
        return workers.Length;
    }

    public void Dispose() => Crash();

    private void Launch()
    {
        Crash();
        _first = _processes.Launch(["-f", _configuration, .. _isDaemon ? Array.Empty<string>() : ["-DNO_DETACH"]]);
    }

    private string Said() => _first!.StandardError.ReadToEnd() + Log;
}
