using System.Diagnostics;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Apache;

/// <summary>
/// A real Apache in the namespaces of the calling thread. It keeps its locks in semaphore sets, and listens on two
/// ports: with one, its workers need no lock to take turns, and it makes no set.
/// </summary>
internal sealed class ApacheServer : IDisposable
{
    private const string Program = "/usr/sbin/apache2";
    private const string Page = "/up.txt";
    private const string PageText = "This server is up.";
    private const int KillSignal = 9;

    private readonly string _configuration;
    private readonly string _log;
    private Process? _process;

    /// <param name="folder">Where it keeps its files.</param>
    /// <param name="ports">The two it listens on.</param>
    /// <param name="settings">What is to stand in its configuration beside what every server of these tests has.</param>
    internal ApacheServer(TempFolder folder, int[] ports, string settings = "")
    {
        Port = ports[0];
        _log = folder.PathOf("error.log");
        _configuration = folder.AddFile("apache2.conf", $"""
            ServerRoot {folder.PathOf("")}
            DefaultRuntimeDir {folder.PathOf("")}
            PidFile {folder.PathOf("apache2.pid")}
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

            """);
        folder.AddFile(Pages + Page, PageText);
    }

    /// <summary>The name of the folder that it serves.</summary>
    internal const string Pages = "pages";

    internal int Port { get; }

    internal static string Module(string name) => $"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so";

    /// <summary>Starts it and waits until it serves its page.</summary>
    internal void Start()
    {
        Launch();
        Wait.Until(() => _process!.HasExited || IsServing(), "Apache serves a page");
        Assert.False(_process!.HasExited, $"Apache ended instead of serving pages:\n{Said()}");
    }

    /// <summary>Starts it where it can't start, and waits until it has given up.</summary>
    /// <returns>What it said.</returns>
    internal string StartInVain()
    {
        Launch();
        Assert.True(_process!.WaitForExit(Wait.Patience), "Apache started, or hangs, where it should have failed.");
        Assert.NotEqual(0, _process.ExitCode);
        return Said();
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
        if (_process is null)
            return;
        // At first it is one process in the group of the tests; once it is set up it leads a group of its own, which
        // holds all that it starts, and outlives it when it ends by itself.
        _process.Kill();
        Wait.Until(() => !TestLibc.TrySignal(-_process.Id, KillSignal), "Apache and its workers are gone");
        _process.Dispose();
        _process = null;
    }

    public void Dispose() => Crash();

    private void Launch()
    {
        Crash();
        // Nothing of the tests is its input, and what it says before it has opened its log is none of their output.
        _process = Process.Start(new ProcessStartInfo(Program, ["-f", _configuration, "-DNO_DETACH"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
    }

    private string Said() => _process!.StandardError.ReadToEnd() + (File.Exists(_log) ? File.ReadAllText(_log) : "");
}
