using System.Diagnostics;
using PSSysVIpc.Native;
using PSSysVIpc.Processes;
using PSSysVIpc.Tests.Actor;
using PSSysVIpc.Tests.Apache;
using PSSysVIpc.Tests.Scenes;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Processes;

/// <summary>
/// Processes that make it last as long as they can to look at them. None may hold up the shell, nor be ruled out.
/// Beside other tests they would be a doubt in each verdict there.
/// </summary>
[Collection(Alone.Name)]
public sealed class HostileProcessTests : IDisposable
{
    private const int Groups = 65_536;
    private const int Threads = 60;

    // Two seconds for the attacker, and the rest for a machine that is busy with others.
    private static readonly TimeSpan s_most = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_tooShort = TimeSpan.FromMilliseconds(20);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [FactNeeding(Need.Root)]
    public void Sixty_threads_in_65536_groups_each_are_read_in_time()
    {
        using var actor = StartInManyGroups();
        var clock = Stopwatch.StartNew();
        Assert.NotNull(new ProcessScanner().Scan().Find(actor.Id));
        AssertInTime(clock);
        // Where the machine takes its time.
        var process = new ProcessScanner(new ExaminationBudget(each: Wait.Patience, inAll: Wait.Patience))
            .Scan()
            .Find(actor.Id)!;
        Assert.True(process.IsExamined);
        Assert.InRange(process.GroupIds.Count, Groups, Groups + 1);
        Assert.Null(process.Powers);
    }

    [FactNeeding(Need.Root | Need.FirstPidNamespace)]
    public void Whose_groups_cannot_be_read_in_time_could_be_anybody() =>
        Sandbox.Run(_ =>
        {
            using var actor = StartInManyGroups();
            var keyless = Sandbox.MakeSet(FreshIds.Next());
            var keyed = Sandbox.MakeSet(FreshIds.Next(), key: 0xbeef);

            var scanner = new ProcessScanner(new ExaminationBudget(each: s_tooShort));
            var process = scanner.Scan().Find(actor.Id)!;
            Assert.False(process.IsExamined);
            Assert.Equal(IdentityPowers.Unlimited, process.Powers);

            var other = new ProcessScanner(new ExaminationBudget(each: s_tooShort));
            foreach (var (id, how) in new[] { (keyless, "could still use it"), (keyed, "could open it by its key") })
            {
                var verdict = Judging.JudgeLater(id, other);
                Assert.Equal("Stale", verdict.Status);
                // Of several that take so long the oldest is named.
                Assert.Contains(
                    $"{how}: its threads and their users and groups could not be read in the time there is for that",
                    verdict.Reason,
                    StringComparison.Ordinal
                );
            }
        });

    [FactNeeding(Need.Root)]
    public void A_lease_on_what_is_mapped_makes_nobody_wait()
    {
        using var actor = ActorProcess.Start([.. Leases(3)]);
        var clock = Stopwatch.StartNew();
        Assert.Equal(IpcCalls.Any, new MappedFiles().CallsOf(actor.Id));
        AssertInTime(clock);
    }

    [FactNeeding(Need.Root)]
    public void Mappings_that_change_all_the_time_beside_a_file_that_cannot_be_read_make_nobody_wait()
    {
        using var actor = ActorProcess.Start([.. Leases(1), "change-mappings"]);
        var clock = Stopwatch.StartNew();
        Assert.Equal(IpcCalls.Any, new MappedFiles().CallsOf(actor.Id));
        AssertInTime(clock);
    }

    [FactNeeding(Need.Root)]
    public void What_is_not_examined_in_time_may_make_any_call_and_is_not_looked_at_again()
    {
        using var actor = ActorProcess.Start();
        var files = new MappedFiles(new ExaminationBudget(each: TimeSpan.FromTicks(1)));
        Assert.Equal(IpcCalls.Unexamined, files.CallsOf(actor.Id, 5));
        actor.Kill();
        Assert.Equal(IpcCalls.Unexamined, files.CallsOf(actor.Id, 5));
    }

    [FactNeeding(Need.Root | Need.Fuse)]
    public void What_lies_on_FUSE_is_not_opened_as_not_even_SIGKILL_would_end_that() =>
        Sandbox.Run(_ =>
        {
            using var files = Mount();
            using var actor = ActorProcess.Start("map", files.File);
            files.Hang();
            Assert.Equal(
                IpcCalls.Any,
                new MappedFiles(new ExaminationBudget(each: Wait.Patience, inAll: Wait.Patience)).CallsOf(actor.Id)
            );
        });

    [FactNeeding(Need.Root)]
    public void A_user_that_only_threads_have_that_replace_each_other_is_not_missed() =>
        Sandbox.Run(_ =>
        {
            uint main = FreshIds.Next(),
                worker = FreshIds.Next();
            using var actor = ActorProcess.Start("replace-threads-as", worker, main);
            for (var look = 0; look < 300; look++)
            {
                var process = new ProcessScanner().Scan().Find(actor.Id)!;
                Assert.True(process.UserIds.Contains(worker), $"Look {look}: {string.Join(' ', process.UserIds)}");
            }
        });

    [Fact]
    public void What_two_passes_saw_of_a_process_counts_together()
    {
        var earlier = Seen(users: [1, 2], groups: [5], isRoot: true, namespaces: [7]);
        var later = Seen(users: [1], groups: [6], isRoot: false, namespaces: [8]);
        var process = earlier.With(later).Find(9)!;
        Assert.Equal([1u, 2u], process.UserIds.Order());
        Assert.Equal([5u, 6u], process.GroupIds.Order());
        Assert.Equal([7ul, 8ul], process.IpcNamespaceIds!.Order());
        Assert.Equal(IdentityPowers.Unlimited, process.Powers);
        Assert.Equal(9, Assert.Single(earlier.With(later).OfUser(2)).Id);

        static ProcessTable Seen(uint[] users, uint[] groups, bool isRoot, ulong[] namespaces) =>
            new(
                [
                    Scene.Process(9).Record with
                    {
                        UserIds = users,
                        GroupIds = groups,
                        IpcNamespaceIds = namespaces,
                        Powers = isRoot ? IdentityPowers.Unlimited : null,
                    },
                ],
                0,
                Stopwatch.GetTimestamp(),
                isWhole: true
            );
    }

    [FactNeeding(Need.Root | Need.FirstPidNamespace)]
    public void Whom_no_time_is_left_for_is_not_blamed_and_still_a_doubt() =>
        Sandbox.Run(_ =>
        {
            var id = Sandbox.MakeSet(FreshIds.Next());
            var budget = new ExaminationBudget(inAll: TimeSpan.FromTicks(1), free: TimeSpan.Zero);
            Assert.True(budget.TryExamine(_ => { }));
            Assert.True(budget.IsSpent);
            var verdict = Judging.JudgeLater(id, new ProcessScanner(budget));
            Assert.Equal("Stale", verdict.Status);
            Assert.Matches(
                @"^Stale: \d+ processes could not be looked at, as others had used up the time",
                verdict.Reason
            );
            Assert.DoesNotContain("top them", verdict.Reason, StringComparison.Ordinal);
        });

    [FactNeeding(Need.Root | Need.FirstPidNamespace | Need.Fuse)]
    public void A_server_that_does_not_answer_makes_a_master_that_could_not_be_examined() =>
        Sandbox.Run(_ =>
        {
            using var files = Mount();
            using var actor = ActorProcess.Start("map", files.File);
            var id = Sandbox.MakeSet(FreshIds.Next());
            // Nobody can tell any more what kind of file system it is.
            files.Detach();
            files.Hang();

            var clock = Stopwatch.StartNew();
            var verdict = Judging.JudgeLater(id);
            AssertInTime(clock);
            Assert.Equal("Stale", verdict.Status);
            Assert.Contains($"dotnet ({actor.Id}, root, ", verdict.Reason, StringComparison.Ordinal);
            Assert.Contains(
                "has root's rights and code that could not be examined in the time there is for that (2 seconds a "
                    + "process, 10 in all) and may make such calls",
                verdict.Reason,
                StringComparison.Ordinal
            );
        });

    [FactNeeding(Need.Root | Need.FirstPidNamespace | Need.Fuse)]
    public void Ctrl_C_ends_a_look_at_what_hangs_at_once() =>
        Sandbox.Run(box =>
        {
            using var files = Mount();
            // Two seconds each, if nobody ended it.
            using var first = ActorProcess.Start("map", files.File);
            using var second = ActorProcess.Start("map", files.File);
            using var third = ActorProcess.Start("map", files.File);
            using var fourth = ActorProcess.Start("map", files.File);
            // Of one of root's, all that root runs is looked at.
            Sandbox.MakeSet(0);
            files.Detach();
            files.Hang();

            var (toStop, toEnd) = box.InvokeAndStop("Get-IpcSemaphore", TimeSpan.FromSeconds(1));
            Assert.InRange(toStop, TimeSpan.Zero, toEnd);
            Assert.InRange(toEnd - toStop, TimeSpan.Zero, TimeSpan.FromSeconds(4));
        });

    private static void AssertInTime(Stopwatch clock) => Assert.InRange(clock.Elapsed, TimeSpan.Zero, s_most);

    private static ActorProcess StartInManyGroups()
    {
        var user = FreshIds.Next();
        var first = 1_000_000_000;
        return ActorProcess.Start("join-groups", first, Groups, "become-user", user, "start-threads", Threads);
    }

    private object[] Leases(int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .SelectMany(i =>
                    new object[] { "map-and-lease", _folder.AddFile($"leased{i}", new string('x', 4096)) }
                ),
        ];

    private HungFileSystem Mount()
    {
        TestLibc.UnshareMounts();
        return new HungFileSystem(Directory.CreateDirectory(_folder.PathOf("hung")).FullName);
    }
}
