using PSSysVIpc.Commands;
using PSSysVIpc.Native;
using PSSysVIpc.Status;

namespace PSSysVIpc.Tests.Commands;

/// <summary>What the system log gets of removals, from made-up sets.</summary>
public class RemovalLogTests
{
    private const int LongestLine = 8000;

    [Fact]
    public void One_removal_is_a_sentence_with_all_that_was_known() =>
        Assert.Equal(
            [
                "Removed semaphore set 5 (key 0x0000beef, owner oracle, 2 semaphores), which was Orphaned, by root "
                    + "(logged in as alice).",
            ],
            Lines([Set(5, owner: "oracle")], by: "root (logged in as alice)")
        );

    [Fact]
    public void A_switch_that_had_more_removed_is_named() =>
        Assert.EndsWith(
            "which was InUse, with -Force, by root.",
            Assert.Single(Lines([Set(5, status: "InUse")], switches: "-Force")),
            StringComparison.Ordinal
        );

    [Fact]
    public void What_is_not_the_machines_own_says_in_which_namespace_it_was() =>
        Assert.EndsWith(
            ", by root, in the IPC namespace 4711.",
            Assert.Single(Lines([Set(5, space: 4711)])),
            StringComparison.Ordinal
        );

    [Fact]
    public void More_than_20_are_one_line_with_totals_and_ids() =>
        Assert.Equal(
            [
                "Removed 24 semaphore sets (22 Orphaned, 2 Stale; owners: 23 www-data, 1 oracle), by root. Ids: "
                    + "0-21 30 2147483647",
            ],
            Lines([
                .. Enumerable.Range(0, 22).Reverse().Select(id => Set(id)),
                Set(30, status: "Stale"),
                Set(int.MaxValue, owner: "oracle", status: "Stale"),
            ])
        );

    [Fact]
    public void Of_many_owners_the_first_are_named() =>
        Assert.Contains(
            "owners: 3 user-4, 1 user-0, 1 user-1, 1 user-10, 1 user-11, 1 user-12, 1 user-13, 1 user-14 and of 22 "
                + "other owners)",
            Assert.Single(
                Lines([
                    Set(100, owner: "user-4"),
                    Set(101, owner: "user-4"),
                    .. Enumerable.Range(0, 30).Select(id => Set(id, owner: $"user-{id}")),
                ])
            ),
            StringComparison.Ordinal
        );

    [Fact]
    public void Ids_that_fit_into_no_line_go_on_in_others_and_none_is_missing()
    {
        int[] ids = [.. Enumerable.Range(0, 32000).Select(number => number * 2)];

        var lines = Lines([.. ids.Select(id => Set(id))]);

        Assert.True(lines.Length > 1);
        Assert.All(lines, line => Assert.InRange(line.Length, 1, LongestLine + 20));
        Assert.All(lines.Skip(1), line => Assert.StartsWith("Ids, continued: ", line, StringComparison.Ordinal));
        Assert.Equal(ids, lines.SelectMany(line => line[(line.LastIndexOf(':') + 2)..].Split(' ').Select(int.Parse)));
    }

    private static string[] Lines(IpcObject[] removed, string switches = "", string by = "root")
    {
        using var log = new RemovalLog("semaphore set", switches);
        foreach (var one in removed)
            log.Add(one);
        return [.. log.Lines(by)];
    }

    private static IpcSemaphoreSet Set(
        int id,
        string owner = "www-data",
        string status = "Orphaned",
        ulong space = NamespaceLink.FirstIpcNamespace
    ) =>
        new(
            new CommonValues
            {
                Id = id,
                Key = 0xbeef,
                Rights = new()
                {
                    Owner = owner,
                    OwnerId = 1,
                    Group = owner,
                    GroupId = 1,
                    Creator = owner,
                    CreatorId = 1,
                    CreatorGroup = owner,
                    CreatorGroupId = 1,
                    Mode = "0600",
                    Permissions = "rw-------",
                },
                ChangeTime = DateTime.UnixEpoch,
                LastUsedTime = DateTime.UnixEpoch,
                Why = new Sentences().Of(status, [new("of a test")]),
                Origin = new(space, Guid.Empty),
            },
            new SemaphoreSetValues
            {
                SemaphoreCount = 2,
                LastOperationTime = null,
                WaitingCount = 0,
                WaitingProcesses = null,
                LastProcesses = new([]),
                Semaphores = null,
            }
        );
}
