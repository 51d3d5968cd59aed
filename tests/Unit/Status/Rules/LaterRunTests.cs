using PSSysVIpc.Native;
using PSSysVIpc.Tests.Scenes;
using static PSSysVIpc.Tests.Scenes.Scene;

namespace PSSysVIpc.Tests.Status.Rules;

/// <summary>A set with a key that was touched today: its program may come back to it.</summary>
public class LaterRunTests
{
    private const string Remedy = "Find out whether its program will run again, or use -AllowStale.";

    [Theory]
    [InlineData(0, "0 seconds")]
    [InlineData(1, "1 second")]
    [InlineData(59, "59 seconds")]
    [InlineData(60, "1 minute")]
    [InlineData(2_400, "40 minutes")]
    [InlineData(7_300, "2 hours")]
    [InlineData(Day - 1, "23 hours")]
    public void It_was_used_or_changed_less_than_a_day_ago(int secondsAgo, string ago)
    {
        const string who = "and a later run of its program could open it by its key";
        Expect.Stale(
            Set().WithKey().Changed(secondsAgo),
            Host(),
            $"Stale: it was last changed {ago} ago, {who}. {Remedy}"
        );
        Expect.Stale(
            Set().WithKey().Changed(9 * Day).Used(secondsAgo).LastUsedBy(4711),
            Host(),
            $"Stale: it was last used {ago} ago, {who}. {Remedy}"
        );
    }

    [Fact]
    public void A_day_is_long_enough()
    {
        Expect.Orphaned(Set().WithKey().Changed(Day), Host());
        Expect.Orphaned(Set().WithKey().Changed(9 * Day).Used(Day).LastUsedBy(4711), Host());
    }

    [Fact]
    public void Without_a_key_its_program_can_not_come_back() => Expect.Orphaned(Set().Changed(60), Host());

    [Fact]
    public void Where_the_clock_was_set_forward_the_day_may_not_be_over()
    {
        var set = Set().WithKey().Changed(Day + 3_000);
        Expect.Orphaned(set, Host().ClockSet(2_000));
        Expect.Stale(
            set,
            Host().ClockSet(4_000),
            "it was last changed 24 hours ago, or later, as the clock was set meanwhile, and a later run"
        );
    }

    [Fact]
    public void Of_what_was_touched_in_the_future_only_that_is_said() =>
        Expect.Stale(Set().WithKey().Changed(-100), Host(), "Stale: it was changed in the future", "Look again after");

    [Fact]
    public void Whoever_else_could_use_it_is_named_as_well() =>
        Expect.Stale(
            Set().WithKey(),
            Host(Process(50).WithRootsRights().Calling(IpcCalls.Semaphore)),
            "p50 (50, 0, since ",
            "could open it by its key; it was last changed 1 hour ago, and a later run",
            "Stop it and find out whether its program will run again, or use -AllowStale."
        );

    [Fact]
    public void Where_its_program_may_run_now_or_later_that_is_advised_once() =>
        Expect.Stale(
            Set().OwnedBy(0).WithKey(),
            Host(),
            "by its key. Find out whether its program still runs, or will run again, or use -AllowStale."
        );
}
