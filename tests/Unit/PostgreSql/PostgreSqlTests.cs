using PSSysVIpc.Tests.Apache;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.PostgreSql;

/// <summary>A living PostgreSQL loses nothing, and who is attached to its memory is told.</summary>
public class PostgreSqlTests(NewDatabase database) : IClassFixture<NewDatabase>
{
    [TheoryNeeding(Need.Root | Need.UtilLinux | Need.PostgreSql)]
    [InlineData(false)]
    [InlineData(true)]
    public void While_PostgreSQL_runs_every_segment_is_InUse_none_is_removed_and_it_answers_afterwards(
        bool usesSystemV
    ) =>
        Sandbox.Run(box =>
        {
            using var folder = new TempFolder();
            using var server = new PostgreSqlServer(folder, database, usesSystemV);
            server.Start();
            var segments = box.Invoke("Get-IpcSharedMemory").Clean().Segments;
            Assert.Equal(server.SegmentCount, segments.Count);
            Assert.All(segments, CheckInUse);

            foreach (var switches in new[] { "", "-AllowStale" })
            {
                CleanUp
                    .Run(box, $"Get-IpcSharedMemory | Remove-IpcSharedMemory {switches}")
                    .Failing([.. segments.Select(_ => "IpcInUse")]);
                Assert.Equal(
                    segments.Select(segment => segment.Id),
                    box.Invoke("Get-IpcSharedMemory").Clean().Segments.Select(segment => segment.Id)
                );
                Assert.True(server.IsAnswering());
            }
        });

    [TheoryNeeding(Need.Root | Need.UtilLinux | Need.PostgreSql)]
    [InlineData(false)]
    [InlineData(true)]
    public void The_processes_that_are_named_are_those_attached_and_their_counts_add_up(bool usesSystemV) =>
        Sandbox.Run(box =>
        {
            using var folder = new TempFolder();
            using var server = new PostgreSqlServer(folder, database, usesSystemV);
            server.Start();
            Assert.All(
                box.Invoke("Get-IpcSharedMemory").Clean().Segments,
                segment => Assert.Null(segment.AttachedProcesses)
            );
            var segments = LookWhileNobodyComesOrGoes(box, server);
            Assert.Equal(server.SegmentCount, segments.Count);
            foreach (var segment in segments)
            {
                var attached = segment.AttachedProcesses!;
                Assert.Equal(server.Attached(segment.Id), attached.Select(one => (one.Id, one.AttachCount)));
                Assert.All(attached, one => Assert.Equal("postgres", one.Name));
                Assert.Equal(segment.AttachCount, attached.Sum(one => one.AttachCount));
                Assert.DoesNotContain("can't be seen", segment.StatusReason, StringComparison.Ordinal);
                Assert.Contains($"by postgres ({attached[0].Id}, postgres, since ", segment.StatusReason);
            }

            // All of them use the main one.
            Assert.Contains(segments, segment => segment.AttachCount == server.ChildIds.Length + 1);
        });

    private static void CheckInUse(IpcSharedMemorySegment segment)
    {
        Assert.Equal(("InUse", PostgreSqlServer.Account), (segment.Status, segment.Owner));
        Assert.NotEqual(0u, segment.Key);
        Assert.True(segment.AttachCount > 0);
        Assert.Contains($"it is attached ", segment.StatusReason, StringComparison.Ordinal);
    }

    // Now and then a worker is born to look after the tables.
    private static IReadOnlyList<IpcSharedMemorySegment> LookWhileNobodyComesOrGoes(
        Sandbox box,
        PostgreSqlServer server
    )
    {
        IReadOnlyList<IpcSharedMemorySegment> segments = [];
        Wait.Until(
            () =>
            {
                var before = server.ChildIds;
                segments = box.Invoke("Get-IpcSharedMemory -IncludeProcess").Clean().Segments;
                return before.SequenceEqual(server.ChildIds);
            },
            "PostgreSQL's processes stay the same"
        );
        return segments;
    }
}
