using System.Diagnostics;
using System.Globalization;
using PSSysVIpc.Tests.Apache;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.PostgreSql;

/// <summary>
/// A real PostgreSQL in the namespaces of the calling thread, with an account and a data folder of its own. It listens
/// on a socket in that folder only.
/// </summary>
internal sealed class PostgreSqlServer : IDisposable
{
    internal const string Account = "postgres";
    internal const string Programs = "/usr/lib/postgresql/15/bin/";

    // The first one, and what it starts at once: checkpointer, background writer, WAL writer, and the launchers of
    // autovacuum and of logical replication.
    private const int Processes = 6;
    private const int StopSignal = 19;
    private const int ContinueSignal = 18;

    private readonly ServerProcesses _processes = new(Programs + "postgres");
    private readonly NewDatabase _database;
    private readonly string _data;
    private readonly string[] _settings;
    private Process? _first;
    private int[] _killed = [];

    /// <param name="folder">Where it keeps its files.</param>
    /// <param name="database">What it begins with.</param>
    /// <param name="usesSystemV">
    /// Whether all its shared memory is System V's; by default that is one small segment.
    /// </param>
    internal PostgreSqlServer(TempFolder folder, NewDatabase database, bool usesSystemV)
    {
        database.IntroduceAccount(folder);
        _database = database;
        _data = folder.PathOf("database");
        database.CopyTo(_data);
        _settings = usesSystemV ? ["shared_memory_type=sysv", "dynamic_shared_memory_type=sysv"] : [];
        // The main segment, the one that lists the dynamic ones, and the statistics.
        SegmentCount = usesSystemV ? 3 : 1;
    }

    /// <summary>How many segments it makes.</summary>
    internal int SegmentCount { get; }

    /// <summary>The number of the process that all others are children of.</summary>
    internal int MasterId =>
        int.Parse(File.ReadLines(Path.Combine(_data, "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    internal int[] ChildIds => [.. _processes.Ids().Where(id => id != MasterId)];

    /// <summary>Starts it and waits until it answers and has all its processes.</summary>
    internal void Start()
    {
        Crash();
        Launch("/usr/bin/setpriv", []);
    }

    /// <summary>The same below a process that never takes note of its end.</summary>
    /// <returns>That process.</returns>
    internal int StartBelowCarelessParent()
    {
        Crash();
        Launch("/bin/sh", ["-c", "\"$@\" & exec sleep 1000", "sh", "/usr/bin/setpriv"]);
        return _first!.Id;
    }

    internal bool IsAnswering() => Query("select 6 * 7") == "42";

    /// <summary>Asks it something; null where it doesn't answer.</summary>
    internal string? Query(string sql)
    {
        using var client = ServerProcesses.Launch(
            Programs + "psql",
            ["--host=" + _data, "--username=" + Account, "--dbname=postgres", "-XAtc", sql]
        );
        var answer = client.StandardOutput.ReadToEnd();
        client.WaitForExit();
        return client.ExitCode == 0 ? answer.TrimEnd('\n') : null;
    }

    /// <summary>Ends all its processes as kill -9 does, and waits until they are gone.</summary>
    internal void Crash()
    {
        // Whoever doesn't take note of its end has to go first.
        if (_first is { HasExited: false })
            TestLibc.TrySignal(_first.Id, TestLibc.KillSignal);
        _processes.Kill();
        // Pid 1 takes note of what their parent hasn't, and may take its time. For a server that starts then, a zombie
        // lives.
        Wait.Until(() => !_killed.Any(id => Directory.Exists($"/proc/{id}")), "PostgreSQL's zombies are gone");
        _killed = [];
        _first?.Dispose();
        _first = null;
    }

    /// <summary>The same, but a process of whose end nobody takes note stays a zombie.</summary>
    internal void CrashBelowCarelessParent()
    {
        _killed = _processes.Ids();
        foreach (var id in _killed)
            TestLibc.TrySignal(id, TestLibc.KillSignal);
        WaitUntilLeft(but: 0);
    }

    /// <summary>Ends its first process alone, as kill -9 does: the others leave as soon as they see it.</summary>
    /// <param name="but">One that doesn't see it, as it was stopped.</param>
    internal void KillMaster(int but = 0)
    {
        _killed = [.. _processes.Ids().Where(id => id != but)];
        TestLibc.Signal(MasterId, TestLibc.KillSignal);
        WaitUntilLeft(but);
    }

    /// <summary>Stops one of its processes, which then doesn't see what becomes of the others.</summary>
    internal static void Stop(int process)
    {
        TestLibc.Signal(process, StopSignal);
        Wait.Until(
            () => File.ReadAllText($"/proc/{process}/status").Contains("\nState:\tT", StringComparison.Ordinal),
            $"process {process} has stopped"
        );
    }

    /// <summary>Lets it see what became of them, and leave, too.</summary>
    internal void GoOn(int process)
    {
        _killed = [process];
        TestLibc.Signal(process, ContinueSignal);
        WaitUntilLeft(but: 0);
    }

    /// <summary>
    /// Who is attached to a segment, as the processes' own lists of mappings tell: numbers, and how many times.
    /// </summary>
    internal (int Process, int Count)[] Attached(int segment) =>
        [
            .. _processes
                .Ids()
                .Order()
                .Select(id => (id, Count: Mappings(id).Count(mapped => mapped == segment)))
                .Where(one => one.Count > 0),
        ];

    public void Dispose() => Crash();

    private void WaitUntilLeft(int but) =>
        Wait.Until(
            () => _killed.All(HasEnded) && _processes.Ids().All(id => id == but),
            "PostgreSQL's processes have ended"
        );

    // Only then is it detached for certain. That its program can't be seen any more comes before.
    private static bool HasEnded(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/status").Contains("\nState:\tZ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static IEnumerable<int> Mappings(int process) =>
        File.ReadLines($"/proc/{process}/maps")
            .Where(line => line.Contains("/SYSV", StringComparison.Ordinal))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[4])
            .Select(inode => int.Parse(inode, CultureInfo.InvariantCulture));

    private void Launch(string starter, string[] words)
    {
        string[] settings = ["listen_addresses=", "unix_socket_directories=" + _data, .. _settings];
        _first = ServerProcesses.Launch(
            starter,
            [
                .. words,
                .. _database.AsAccount(
                    Programs + "postgres",
                    ["-D", _data, .. settings.SelectMany(setting => new[] { "-c", setting })]
                ),
            ]
        );
        Wait.Until(() => _first.HasExited || IsAnswering(), "PostgreSQL answers");
        if (_first.HasExited)
            Assert.Fail($"PostgreSQL ended instead of answering:\n{_first.StandardError.ReadToEnd()}");
        Wait.Until(() => _processes.Ids().Length == Processes, "PostgreSQL has all its processes");
    }
}
