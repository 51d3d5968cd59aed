using System.Diagnostics;
using PSSysVIpc.Accounts;
using PSSysVIpc.Kinds;
using PSSysVIpc.Native;
using PSSysVIpc.Processes;
using PSSysVIpc.Status;
using PSSysVIpc.Tests.Processes;
using PSSysVIpc.Tests.Scenes;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Status;

/// <summary>The machine's processes with one crowd among them, and how many sets are judged beside them.</summary>
internal sealed class Population
{
    // What looking up a name costs is the machine's affair: a tenth of a millisecond where there is no such account.
    private static readonly AccountNames s_names = new();

    private readonly ProcessScanner _scanner = new();
    private readonly IReadOnlyList<ProcessRecord> _all;

    private Population(int sets, Crowd crowd, ProcessTable table, Func<ProcessRecord, bool> isOther)
    {
        Sets = sets;
        User = crowd.User;
        Group = crowd.Group;
        Members = [.. table.All.Where(crowd.Has)];
        _all = [.. table.All.Where(process => !isOther(process))];
    }

    private Population(int sets, ProcessRecord[] members)
    {
        Sets = sets;
        User = members[0].UserIds.Single();
        Group = members[0].GroupIds.Single();
        Members = _all = members;
    }

    private Population(Population original, Func<ProcessRecord, ProcessRecord> change)
    {
        Sets = original.Sets;
        User = original.User;
        Group = original.Group;
        Members = [.. original.Members.Select(change)];
        _all = [.. original._all.Except(original.Members), .. Members];
    }

    internal int Sets { get; }

    /// <summary>The crowd's user.</summary>
    internal uint User { get; }

    /// <summary>The crowd's group.</summary>
    internal uint Group { get; }

    internal IReadOnlyList<ProcessRecord> Members { get; }

    /// <summary>The number of a member for each set, each member's in turn.</summary>
    internal int MemberId(int set) => Members[set % Members.Count].Id;

    /// <summary>Two populations of one machine: the second has four times the sets and four times the crowd.</summary>
    internal static (Population Less, Population More) See(Crowd small, Crowd large)
    {
        var table = new ProcessScanner().Scan();
        return (new(5_000, small, table, large.Has), new(20_000, large, table, small.Has));
    }

    /// <summary>The same of processes that never were.</summary>
    /// <param name="parentOf">The number of a process's parent among the crowd, both counted from 0.</param>
    internal static (Population Less, Population More) MakeUp(Func<int, int> parentOf) =>
        // Both more than the processor's caches hold: else what is kept costs more to look up where it is more.
        (new(20_000, MakeUp(2_000, parentOf)), new(80_000, MakeUp(8_000, parentOf)));

    private static ProcessRecord[] MakeUp(int count, Func<int, int> parentOf)
    {
        const int firstId = 1_600_000_000;
        var (user, group) = (FreshIds.Next(), FreshIds.Next());
        var namespaceId = NamespaceLink.Read("/proc/thread-self/ns/ipc")!.Value;
        var start = DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 600;
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(number =>
                    Scene.Process(firstId + number).As(user).Record with
                    {
                        ParentId = number == 0 ? 1 : firstId + parentOf(number),
                        SessionId = firstId,
                        StartTime = start,
                        GroupIds = [group],
                        IpcNamespaceIds = [namespaceId],
                    }
                ),
        ];
    }

    /// <summary>The same with other facts about the crowd.</summary>
    internal Population With(Func<ProcessRecord, ProcessRecord> change) => new(this, change);

    internal ProcessTable Table() => new(_all, 0, Stopwatch.GetTimestamp(), isWhole: true);

    /// <summary>The verdicts on all sets, from one look at the processes.</summary>
    internal IEnumerable<Verdict> Judge(Func<Population, int, SemaphoreFacts> facts, string status)
    {
        var judge = new StatusJudge(Judging.Host(_scanner, Table(), s_names));
        for (var number = 0; number < Sets; number++)
        {
            var verdict = judge.Judge(facts(this, number));
            Assert.True(verdict.Status == status, verdict.Reason);
            yield return verdict;
        }
    }
}
