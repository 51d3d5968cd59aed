using PSSysVIpc.Tests.Scenes;
using static PSSysVIpc.Tests.Scenes.Scene;

namespace PSSysVIpc.Tests.Status.Rules;

/// <summary>
/// Why somebody could use a set although nobody is known to; who that can be by user and group is elsewhere.
/// </summary>
public class StaleRuleTests
{
    private const string LookAgain = "Look again in 10 seconds or use -AllowStale.";

    [Theory]
    [InlineData(9)]
    [InlineData(0)]
    public void It_was_used_or_changed_less_than_ten_seconds_ago(int secondsAgo)
    {
        Expect.Stale(
            Set().Used(secondsAgo).LastUsedBy(4711),
            Host(),
            $"it was used less than 10 seconds ago. {LookAgain}"
        );
        Expect.Stale(Set().Changed(secondsAgo), Host(), $"it was changed less than 10 seconds ago. {LookAgain}");
    }

    [Fact]
    public void Ten_seconds_ago_is_long_enough()
    {
        Expect.Orphaned(Set().Used(10).LastUsedBy(4711), Host());
        Expect.Orphaned(Set().Changed(10), Host());
    }

    [Fact]
    public void It_was_used_or_changed_in_the_future()
    {
        Expect.Stale(Set().Used(-100).LastUsedBy(4711), Host(), "it was used in the future (");
        Expect.Stale(Set().Changed(-100), Host(), "it was changed in the future (");
    }

    [Fact]
    public void A_reused_pid_of_whoever_may_open_it()
    {
        var set = Set().Used(3_000).LastUsedBy(4711);
        var young = Process(4711).Started(100);
        const string reason = "has the number of its last operator, and may open it";
        Expect.Stale(set, Host(young.As(Owner)), reason);
        Expect.Stale(set.WithMode("0660"), Host(young.InGroup(OwnersGroup)), reason);
        Expect.Orphaned(set, Host(young));
        Expect.Orphaned(set, Host(young.InGroup(OwnersGroup)));
        Expect.Orphaned(set, Host(young.As(Owner).Ended()));
    }

    [Theory]
    [InlineData(3_600)]
    [InlineData(-3_600)]
    public void Where_the_clock_was_set_a_last_process_may_look_younger_than_its_use(int seconds)
    {
        var used = Set().Used(5_000).LastUsedBy(4711);
        var host = Host(Process(4711).Started(2_000));
        Expect.Orphaned(used, host);
        Expect.Stale(
            used,
            host.ClockSet(seconds),
            "p4711 (4711, 1900000009, since ",
            "has the number of its last operator and, as the clock was set meanwhile, may be it. Stop it or use"
        );
        Expect.Orphaned(used, Host(Process(4711).Started(2_000).Ended()).ClockSet(seconds));
    }

    [Fact]
    public void A_last_process_that_its_living_parent_has_not_reaped()
    {
        var set = Set().LastUsedBy(4711);
        Expect.Stale(
            set,
            Host(Process(4711).ChildOf(50).Ended(), Process(50)),
            "its last operator 4711 has ended, but its parent p50 (50"
        );
        Expect.Orphaned(set, Host(Process(4711).ChildOf(50).Ended(), Process(50).Ended()));
        // Pid 1 takes note of all of them.
        Expect.Orphaned(set, Host(Process(4711).ChildOf(1).Ended(), Process(1)));
    }

    [Fact]
    public void A_caller_in_a_PID_namespace_of_its_own() =>
        Expect.Stale(
            Set(),
            Host().SeenFrom(view => view with { IsFirstPidNamespace = false }),
            "this shell runs in a PID namespace of its own (a container), and a user of it may live outside"
        );

    [Fact]
    public void A_use_by_processes_without_a_number_here()
    {
        Expect.Stale(Set().Used(100), Host(), "it was used by processes that have no number here");
        Expect.Orphaned(Set().Used(100).LastUsedBy(4711), Host());
    }

    [Fact]
    public void Processes_that_there_was_no_time_left_for() =>
        Expect.Stale(
            Set(),
            Host(Process(5).Unexamined(wasTried: false), Process(6).Unexamined(wasTried: false)),
            "2 processes could not be looked at, as others had used up the time there is for that"
        );

    [Fact]
    public void More_doubts_are_told_together_and_each_remedy_once()
    {
        var verdict = Judge(
            Set().Used(1).LastUsedBy(4711),
            Host(Process(8).As(Owner)).SeenFrom(view => view with { IsFirstPidNamespace = false })
        );
        Assert.Contains("p8 (8", verdict.Reason, StringComparison.Ordinal);
        Assert.Contains(
            "; it was used less than 10 seconds ago; this shell runs in",
            verdict.Reason,
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            "Stop it, look again in 10 seconds and look from the machine itself (outside this container), or use "
                + "-AllowStale.",
            verdict.Reason,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("use -AllowStale", verdict.Why.Grounds, StringComparison.Ordinal);
    }
}
