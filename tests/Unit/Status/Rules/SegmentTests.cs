using PSSysVIpc.Processes;
using PSSysVIpc.Status;
using PSSysVIpc.Tests.Scenes;
using static PSSysVIpc.Tests.Scenes.Scene;

namespace PSSysVIpc.Tests.Status.Rules;

/// <summary>
/// What is known of a segment: how often it is attached, who made it, and who attached or detached last.
/// </summary>
public class SegmentTests
{
    [Theory]
    [InlineData(1, "it is attached once;")]
    [InlineData(2, "it is attached twice;")]
    [InlineData(7, "it is attached 7 times;")]
    public void One_that_is_attached_is_in_use_whoever_lives(long times, string reason) =>
        Expect.InUse(
            Segment().Attached(times),
            Host(Process(SegmentScene.Creator).As(Owner)),
            reason,
            $"its creator p{SegmentScene.Creator} ({SegmentScene.Creator}, {Owner}, since "
        );

    [Fact]
    public void Whoever_cannot_be_seen_is_counted_by_the_kernel() =>
        Expect.InUse(
            Segment().Attached(1),
            Host().Unreadable(5),
            "InUse: it is attached once. Stop who uses it (see (Get-IpcSharedMemory 7 "
        );

    [Fact]
    public void Of_one_that_nobody_is_attached_to_both_processes_are_named_and_when_it_was_detached() =>
        Expect.Orphaned(
            Segment(),
            Host(Process(5)),
            $"nobody is attached to it (the last one detached {Wording.Time(Now - 3_000)}), its creator "
                + $"{SegmentScene.Creator} and its last process {SegmentScene.Last} have exited, and no process runs "
        );

    [Fact]
    public void One_process_that_did_both_is_named_once() =>
        Expect.Orphaned(
            Segment().LastUsedBy(SegmentScene.Creator),
            Host(),
            $"its creator and last process {SegmentScene.Creator} has exited"
        );

    [Fact]
    public void One_that_nobody_ever_attached_says_so() =>
        Expect.Orphaned(
            Segment().NeverAttached(),
            Host(),
            $"nobody was ever attached to it, its creator {SegmentScene.Creator} has exited"
        );

    [Fact]
    public void Its_creator_or_last_process_that_lives_is_a_doubt_whoever_that_is_now()
    {
        Expect.Stale(
            Segment(),
            Host(Process(SegmentScene.Creator).As(Stranger)),
            "its creator p4001 (4001, 1900000009, "
        );
        Expect.Stale(
            Segment(),
            Host(Process(SegmentScene.Last).As(Stranger)),
            "its last process p4002 (4002, ",
            "Stop it"
        );
        Expect.Stale(
            Segment(),
            Host().WithHidden(SegmentScene.Last),
            "its last process, process 4002, exists, though "
        );
        Expect.Stale(Segment(), Host().WithLate(Process(SegmentScene.Creator)), "its creator p4001 (4001, ");
    }

    [Fact]
    public void Who_has_the_number_of_its_creator_and_began_since_is_somebody_else() =>
        Expect.Orphaned(
            Segment(),
            Host(Process(SegmentScene.Creator).Started(3_500)),
            "its creator 4001 has exited (its number now belongs to p4001 (4001, 1900000009, since "
        );

    // It was made an hour ago, and detached ten minutes after that.
    [Fact]
    public void Who_began_after_it_was_made_and_before_the_last_detach_may_be_the_last_and_is_not_the_creator()
    {
        Expect.Orphaned(Segment(), Host(Process(SegmentScene.Creator).Started(3_300)));
        Expect.Stale(Segment(), Host(Process(SegmentScene.Last).Started(3_300)), "its last process p4002");
    }

    [Fact]
    public void A_zombie_creator_with_a_living_parent_is_a_doubt() =>
        Expect.Stale(
            Segment(),
            Host(Process(SegmentScene.Creator).ChildOf(5).Ended(), Process(5)),
            "its creator 4001 has ended, but its parent p5 (5, "
        );

    [Fact]
    public void The_caller_that_made_it_is_no_doubt() =>
        Expect.Orphaned(Segment().MadeBy(CallerId), Host(Process(CallerId)), $"its creator {CallerId} is this shell");

    [Fact]
    public void Without_a_number_here_its_processes_are_in_another_PID_namespace()
    {
        Expect.Stale(Segment().MadeBy(0), Host(), "by processes that have no number here");
        Expect.Stale(Segment().LastUsedBy(0), Host(), "by processes that have no number here");
        Expect.Orphaned(Segment().NeverAttached(), Host());
    }

    [Fact]
    public void A_key_keeps_it_for_a_day_and_candidates_count_as_for_sets()
    {
        Expect.Stale(Segment().WithKey(), Host(), "it was last used 50 minutes ago, and a later run of its program");
        Expect.Stale(Segment(), Host(Process(5).As(Owner)), "before the segment was last changed");
        Expect.Stale(Segment().With(head => head with { OwnerId = 0 }), Host(), "it is root's");
    }

    [Fact]
    public void Under_forced_removal_what_is_there_has_a_living_creator_though_nobody_sees_it()
    {
        Expect.Stale(
            Segment().WithForcedRemoval(),
            Host(),
            "as kernel.shm_rmid_forced is on, it goes when its creator ends: so that lives, be it out of sight"
        );
        Expect.InUse(Segment().Attached(1).WithForcedRemoval(), Host(), "it goes by itself when it is detached");
    }

    [Fact]
    public void A_forced_removal_is_told_with_what_follows()
    {
        Expect.InUse(
            Segment().WithKey().Attached(2),
            Host(),
            "(see (Get-IpcSharedMemory 7 -IncludeProcess).AttachedProcesses); -Force only marks it for removal: ",
            "it stays until the last of them detaches, but its key "
                + "0x00005eed is free at once, and a second server could start beside the first"
        );
        Expect.InUse(Segment().Attached(2), Host(), "-Force only marks it for removal: it stays until the last");
        Assert.Contains(
            "Only marked for removal, it stays until the last of them detaches, but its key 0x00005eed is free at once",
            Judge(Segment().WithKey().Attached(2), Host()).Why.Grounds,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void One_that_is_marked_for_removal_says_so_and_who_still_holds_it()
    {
        var marked = Segment().MarkedForRemoval().Attached(1);
        var holder = Process(5).As(Stranger);
        var verdict = Judge(marked, Host(holder).WithMappings(new SegmentMapping(7, 0x77, holder.Record, "1-2")));

        Assert.Contains(
            "InUse: it is marked for removal, and goes when it is detached; it is attached once, by p5 (5, ",
            verdict.Reason,
            StringComparison.Ordinal
        );
        Assert.EndsWith("). Stop who uses it.", verdict.Reason, StringComparison.Ordinal);
    }
}
