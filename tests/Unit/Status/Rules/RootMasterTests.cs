using PSSysVIpc.Native;
using PSSysVIpc.Status;
using PSSysVIpc.Tests.Scenes;
using static PSSysVIpc.Tests.Scenes.Scene;

namespace PSSysVIpc.Tests.Status.Rules;

/// <summary>Processes of root that could be the master of dead users, and start new ones.</summary>
public class RootMasterTests
{
    private const int MadeAgo = 3_600;

    private static readonly ProcessScene s_master = Process(50).WithRootsRights().Calling(IpcCalls.Semaphore);

    [Theory]
    [InlineData(IpcCalls.Semaphore, "code that makes such calls")]
    [InlineData(IpcCalls.Any, "code that can't be examined and may make such calls")]
    [InlineData(IpcCalls.Unexamined, "code that could not be examined in the time there is for that")]
    internal void Whose_code_makes_such_calls_or_can_not_be_examined(IpcCalls calls, string reason) =>
        Expect.Stale(
            Set(),
            Host(s_master.Calling(calls)),
            "p50 (50, 0, since ",
            $"could be the master of processes that use it: it has root's rights and {reason}",
            "it began before the set was last changed. Stop it or use -AllowStale."
        );

    [Theory]
    [InlineData(IpcCalls.None)]
    [InlineData(IpcCalls.SharedMemory)]
    [InlineData(IpcCalls.MessageQueue)]
    internal void Whose_code_makes_no_such_calls_is_none(IpcCalls calls) =>
        Expect.Orphaned(Set(), Host(s_master.Calling(calls)));

    [Fact]
    public void Who_has_not_roots_rights_is_none() =>
        Expect.Orphaned(Set(), Host(Process(50).Calling(IpcCalls.Semaphore)));

    [Fact]
    public void Whose_family_began_more_than_a_minute_after_the_set_was_made_is_none()
    {
        Expect.Stale(
            Set(),
            Host(s_master.Started(MadeAgo - 60)),
            "it began less than a minute after the set was last changed"
        );
        Expect.Orphaned(Set(), Host(s_master.Started(MadeAgo - 61)));
    }

    [Fact]
    public void Of_a_set_with_a_key_it_may_be_as_young_as_it_likes() =>
        Expect.Stale(
            Set().WithKey().Changed(2 * Day).Used(Day).LastUsedBy(4711),
            Host(s_master.Started(900)),
            "it has root's rights and code that makes such calls, and could open it by its key. Stop it or use"
        );

    [Fact]
    public void Whose_capabilities_do_not_count_for_the_set_is_none()
    {
        const ulong elsewhere = UserNamespaceId + 1;
        var root = Process(50).Calling(IpcCalls.Semaphore);
        Expect.Orphaned(Set(), Host(root.WithPowersIn(elsewhere, "0 1000 1\n", "0 1000 1\n")));
        Expect.Stale(Set(), Host(root.WithPowersIn(elsewhere, "0 1000 1\n")).OwnedFromOutside(), "has root's rights");
        Expect.Stale(Set(), Host(root.WithPowersIn(null)), "has root's rights");
    }

    [Fact]
    public void Who_may_become_its_users_in_another_user_namespace_is_one()
    {
        const ulong elsewhere = UserNamespaceId + 1;
        const uint maker = 1_900_000_003;
        var root = Process(50).Calling(IpcCalls.Semaphore);
        var set = Set().CreatedBy(maker, maker);
        const string reason = "it has capabilities to become a user of it and code that makes such calls";
        Expect.Stale(set, Host(root.WithPowersIn(elsewhere, $"0 1000 1\n1 {Owner} 1\n")), reason);
        Expect.Stale(set, Host(root.WithPowersIn(elsewhere, $"0 {maker - 1} 2\n")), reason);
        Expect.Orphaned(set, Host(root.WithPowersIn(elsewhere, $"0 {maker + 1} 65536\n")));

        var group = Host(root.WithPowersIn(elsewhere, "0 1000 1\n", $"0 {OwnersGroup} 1\n"));
        Expect.Stale(set.WithMode("0660"), group, reason);
        Expect.Orphaned(set, group);
    }

    [Fact]
    public void Into_whom_we_may_not_look_need_not_be_stopped() =>
        Expect.Stale(
            Set(),
            Host(s_master.Calling(IpcCalls.Any)).SeenFrom(here => here with { MayTraceAll = false }),
            "it has root's rights and code that can't be looked at from here and may make such calls",
            ". Look as the machine's root or use -AllowStale."
        );

    [Fact]
    public void Init_the_caller_the_dead_and_who_is_elsewhere_are_none()
    {
        Expect.Orphaned(Set(), Host(Process(1).WithRootsRights().Calling(IpcCalls.Any)));
        Expect.Orphaned(Set(), Host(Process(CallerId).WithRootsRights().Calling(IpcCalls.Any)));
        Expect.Orphaned(Set(), Host(s_master.Ended()));
        Expect.Orphaned(Set(), Host(s_master.InOtherNamespace()));
    }

    [Fact]
    public void They_are_looked_at_only_where_nothing_else_is_in_doubt()
    {
        var verdict = Judge(Set(), Host(s_master, Process(5).As(Owner)));
        Assert.DoesNotContain("master", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_ended_before_it_could_be_looked_at_leaves_a_doubt_in_the_first_pass_only()
    {
        var host = Host(s_master.Calling(null));
        var judge = new StatusJudge(host.Snapshot);
        Assert.Equal(IpcStatus.Orphaned, judge.Judge(Set().Facts).Status);
        Assert.True(judge.MayHaveMissed);

        var again = new StatusJudge(host.Snapshot, judge);
        Assert.Equal(IpcStatus.Orphaned, again.Judge(Set().Facts).Status);
        Assert.False(again.MayHaveMissed);
    }

    [Fact]
    public void A_process_table_that_is_not_whole_leaves_a_doubt()
    {
        var judge = new StatusJudge(Host().Restless().Snapshot);
        var verdict = judge.Judge(Set().Facts);
        Assert.Equal(IpcStatus.Orphaned, verdict.Status);
        Assert.True(judge.MayHaveMissed);

        var doubt = judge.Doubt(verdict);
        Assert.Equal(IpcStatus.Stale, doubt.Status);
        Assert.Contains(
            "so many processes begin and end now that one can have been missed",
            doubt.Reason,
            StringComparison.Ordinal
        );
        Assert.False(new StatusJudge(Host().Snapshot).MayHaveMissed);
    }
}
