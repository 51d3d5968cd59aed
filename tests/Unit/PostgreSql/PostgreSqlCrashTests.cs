using System.Text.RegularExpressions;
using PSSysVIpc.Processes;
using PSSysVIpc.Status;
using PSSysVIpc.Tests.Apache;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.PostgreSql;

/// <summary>
/// What a dead PostgreSQL has left can be cleaned up, and it starts again. All its segments have keys, also those that
/// it calls dynamic: for a day the next start could come back to them.
/// </summary>
public class PostgreSqlCrashTests(NewDatabase database) : IClassFixture<NewDatabase>
{
    private const string Get = "Get-IpcSharedMemory";
    private const string Remove = $"{Get} | Remove-IpcSharedMemory";

    [TheoryNeeding(Need.Root | Need.FirstPidNamespace | Need.UtilLinux | Need.PostgreSql)]
    [InlineData(false)]
    [InlineData(true)]
    public void After_kill_9_of_all_its_processes_the_segments_are_Stale_and_a_day_later_Orphaned(bool usesSystemV) =>
        Sandbox.Run(box =>
        {
            using var folder = new TempFolder();
            using var server = new PostgreSqlServer(folder, database, usesSystemV);
            server.Start();
            server.Crash();

            CheckLeftovers(box, server);
            CheckCleanUpAndStart(box, server);
        });

    [TheoryNeeding(Need.Root | Need.FirstPidNamespace | Need.UtilLinux | Need.PostgreSql)]
    [InlineData(false)]
    [InlineData(true)]
    public void After_kill_9_of_its_first_process_alone_they_are_the_same_as_soon_as_the_others_have_left(
        bool usesSystemV
    ) =>
        Sandbox.Run(box =>
        {
            using var folder = new TempFolder();
            using var server = new PostgreSqlServer(folder, database, usesSystemV);
            server.Start();
            server.KillMaster();

            CheckLeftovers(box, server);
            CheckCleanUpAndStart(box, server);
        });

    [TheoryNeeding(Need.Root | Need.FirstPidNamespace | Need.UtilLinux | Need.PostgreSql)]
    [InlineData(false)]
    [InlineData(true)]
    public void While_one_of_the_others_lives_what_it_is_attached_to_is_InUse_and_the_rest_Stale(bool usesSystemV) =>
        Sandbox.Run(box =>
        {
            using var folder = new TempFolder();
            using var server = new PostgreSqlServer(folder, database, usesSystemV);
            server.Start();
            var ids = box.Invoke(Get).Clean().Segments.Select(segment => segment.Id).ToArray();
            // The one that uses the fewest segments, and so leaves some that nobody is attached to.
            var last = server.ChildIds.MinBy(child =>
                ids.Count(id => server.Attached(id).Any(one => one.Process == child))
            );
            PostgreSqlServer.Stop(last);
            server.KillMaster(but: last);

            var segments = box.Invoke(Get).Clean().Segments;
            Assert.Equal(usesSystemV ? 2 : 1, segments.Count(segment => segment.AttachCount == 1));
            foreach (var segment in segments)
            {
                var verdict = Judging.JudgeTomorrow<IpcSharedMemorySegment>(segment.Id);
                Assert.True(verdict.Status == (segment.AttachCount == 1 ? "InUse" : "Stale"), verdict.Reason);
                Assert.True(segment.AttachCount == 1 || verdict.Reason.Contains($"postgres ({last}, "), verdict.Reason);
            }

            var attached = segments.Where(segment => segment.AttachCount == 1).Select(segment => segment.Id);
            var errors = box.Invoke($"{Remove} -AllowStale").ErrorIds;
            Assert.All(errors, error => Assert.Equal("IpcInUse", error));
            Assert.Equal(attached, box.Invoke(Get).Clean().Segments.Select(segment => segment.Id));

            server.GoOn(last);
            Assert.All(box.Invoke(Get).Clean().Segments, segment => CheckLeftover(segment));
            CheckCleanUpAndStart(box, server);
        });

    [TheoryNeeding(Need.Root | Need.FirstPidNamespace | Need.UtilLinux | Need.PostgreSql)]
    [InlineData(false)]
    [InlineData(true)]
    public void While_its_first_process_is_a_zombie_what_that_has_made_stays_Stale_and_the_parent_is_named(
        bool usesSystemV
    ) =>
        Sandbox.Run(box =>
        {
            using var folder = new TempFolder();
            using var server = new PostgreSqlServer(folder, database, usesSystemV);
            var parent = server.StartBelowCarelessParent();
            var master = server.MasterId;
            server.CrashBelowCarelessParent();
            var segments = box.Invoke(Get).Clean().Segments;
            Assert.Equal(server.SegmentCount, segments.Count);
            var made = segments.Where(segment => segment.CreatorProcess!.Id == master).ToArray();
            Assert.Equal(usesSystemV ? 2 : 1, made.Length);

            foreach (var segment in made)
            {
                var verdict = Judging.JudgeTomorrow<IpcSharedMemorySegment>(segment.Id);
                Assert.True(verdict.Status == "Stale", verdict.Reason);
                Assert.Matches(
                    $@"its creator (and last process )?{master} has ended, but its parent sleep \({parent}, root, "
                        + @"since [^)]+\) lives and has not taken note of it yet",
                    verdict.Reason
                );
                Assert.Equal("Stale", Later(segment.Id).Status);
            }

            box.Invoke(Remove).Failing([.. segments.Select(_ => "IpcMayBeInUse")]);
            Assert.Equal(server.SegmentCount, box.Invoke(Get).Clean().Segments.Count);

            // With its parent goes the zombie.
            server.Crash();
            CheckLeftovers(box, server);
            CheckCleanUpAndStart(box, server);
        });

    private static void CheckLeftovers(Sandbox box, PostgreSqlServer server)
    {
        var segments = box.Invoke(Get).Clean().Segments;
        Assert.Equal(server.SegmentCount, segments.Count);
        Assert.All(segments, CheckLeftover);
    }

    private static void CheckLeftover(IpcSharedMemorySegment segment)
    {
        Assert.Equal((0L, "Stale"), (segment.AttachCount, segment.Status));
        var today = Later(segment.Id);
        Assert.True(today.Status == "Stale", today.Reason);
        Assert.Matches(
            new Regex(
                "^Stale: it was last used [0-9]+ seconds ago, and a later run of its program could open it by its key"
            ),
            today.Reason
        );
        var tomorrow = Judging.JudgeTomorrow<IpcSharedMemorySegment>(segment.Id);
        Assert.True(tomorrow.Status == "Orphaned", tomorrow.Reason);
        Assert.Contains("nobody is attached to it (the last one detached ", tomorrow.Reason, StringComparison.Ordinal);
        Assert.Contains($"{segment.CreatorProcess!.Id}", tomorrow.Reason, StringComparison.Ordinal);
        Assert.Contains("have exited", tomorrow.Reason.Replace("has exited", "have exited", StringComparison.Ordinal));
        Assert.Contains(
            $"a later process of postgres could open it by its key {segment.KeyText}",
            tomorrow.Reason,
            StringComparison.Ordinal
        );
    }

    private static void CheckCleanUpAndStart(Sandbox box, PostgreSqlServer server)
    {
        var count = box.Invoke(Get).Clean().Segments.Count;
        box.Invoke(Remove).Failing([.. Enumerable.Repeat("IpcMayBeInUse", count)]);
        Assert.Equal(count, box.Invoke(Get).Clean().Segments.Count);
        var removed = box.Invoke($"{Remove} -AllowStale -PassThru").Clean().Segments;
        Assert.Equal(count, removed.Count);
        Assert.Empty(box.Invoke(Get).Clean().Output);

        server.Start();
        Assert.True(server.IsAnswering());
        Assert.Equal(server.SegmentCount, box.Invoke(Get).Clean().Segments.Count);
    }

    private static Verdict Later(int id) =>
        Judging.JudgeLater<IpcSharedMemorySegment>(id, new ProcessScanner { Clock = Judging.SteadyClock });
}
