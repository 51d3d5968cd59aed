using PSSysVIpc.Ipc;
using PSSysVIpc.Kinds;
using PSSysVIpc.Processes;
using PSSysVIpc.Tests.Processes;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Status;

/// <summary>The same of what costs time with real processes only.</summary>
[Collection(Alone.Name)]
public class CrowdCostTests
{
    private const Need Needed = Need.Root | Need.FirstPidNamespace | Need.UtilLinux;

    // An id that nobody has, and a number that no process ever has.
    private const uint Nobody = 1_700_000_000;
    private const int NoProcess = 1_700_000_000;

    [FactNeeding(Needed)]
    public void Reading_the_processes() =>
        Growth.AssertLinear((() => Crowd.OfChildren(120), Read()), (() => Crowd.OfChildren(480), Read()), rounds: 1);

    [FactNeeding(Needed)]
    public void Sets_of_nobody_beside_many_processes_of_root()
    {
        using var small = Crowd.OfRoot(120);
        using var large = Crowd.OfRoot(480);
        var (less, more) = Population.See(small, large);

        Growth.AssertLinear(less.Judge(Left, "Orphaned"), more.Judge(Left, "Orphaned"));
    }

    private static SemaphoreFacts Left(Population crowd, int number)
    {
        var made = DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 20;
        var head = new IpcHead(0, Key: 0, Mode: 0x180, Nobody, Nobody, Nobody, Nobody, made);
        return new(new SemaphoreRow(head, 1, made), [new SemaphoreState(0, NoProcess + number, 0, 0)]);
    }

    private static IEnumerable<ProcessTable> Read()
    {
        var scanner = new ProcessScanner();
        for (var i = 0; i < 3; i++)
            yield return scanner.Scan();
    }
}
