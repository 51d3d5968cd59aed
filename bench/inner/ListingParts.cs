using BenchmarkDotNet.Attributes;
using PSSysVIpc.Accounts;
using PSSysVIpc.Ipc;
using PSSysVIpc.Kinds;
using PSSysVIpc.Processes;
using PSSysVIpc.Status;
using PSSysVIpc.Tests.Scenes;

namespace PSSysVIpc.Inner;

/// <summary>
/// What the parts of a listing cost, each alone: of the sets that are there, and the verdicts on as many that never
/// were. In one process, as the sets are those of its IPC namespace.
/// </summary>
[InProcess]
[MemoryDiagnoser]
public class ListingParts
{
    private const int Processes = 100;

    private readonly SemaphoreKind _kind = new(IpcKernel.OpenCurrent());

    // No time for lookups: what a name costs is the C library's affair.
    private readonly AccountNames _names = new(inAll: TimeSpan.Zero);
    private readonly HostSnapshot _host = Scene
        .Host([.. Enumerable.Range(1_000, Processes).Select(Scene.Process)])
        .Snapshot;

    private readonly IpcRow[] _rows;
    private readonly IpcFacts[] _read;
    private readonly SemaphoreFacts[] _left;
    private readonly Verdict _verdict;

    /// <summary>Reads what the parts begin with.</summary>
    public ListingParts()
    {
        _rows = [.. _kind.Read()];
        _read = ReadFacts();
        // Each was used by another process, of which none is left.
        _left = [.. Enumerable.Range(1, _rows.Length).Select(id => Scene.Set().LastUsedBy(1_000_000 + id).Facts)];
        _verdict = Judge();
    }

    /// <summary>SEM_STAT_ANY of each place.</summary>
    [Benchmark]
    public object ReadByIndex() => IndexedRead.TryRead(_kind)!;

    /// <summary>The same from /proc/sysvipc/sem.</summary>
    [Benchmark]
    public object ReadTable() => _kind.Parse(_kind.Kernel.ReadTable("/proc/sysvipc/sem"));

    /// <summary>What single calls tell.</summary>
    [Benchmark(Description = "ReadFacts")]
    public object Ask() => ReadFacts();

    /// <summary>The verdicts, by one judge.</summary>
    [Benchmark(Description = "Judge")]
    public object Decide() => Judge();

    /// <summary>What users get.</summary>
    [Benchmark]
    public object Describe() => Array.ConvertAll(_read, facts => _kind.Describe(facts, _verdict, _names));

    private IpcFacts[] ReadFacts() => Array.ConvertAll(_rows, row => _kind.ReadFacts(row, TimeSpan.MaxValue)!);

    private Verdict Judge()
    {
        var judge = new StatusJudge(_host);
        return Array.ConvertAll(_left, judge.Judge)[^1];
    }
}
