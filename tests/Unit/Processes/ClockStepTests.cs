using System.Diagnostics;
using System.Globalization;
using PSSysVIpc.Native;
using PSSysVIpc.Processes;
using PSSysVIpc.Tests.Actor;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Processes;

/// <summary>A clock that was set forward makes processes look younger than what they made.</summary>
public class ClockStepTests
{
    private const double Boot = 1_000_000;
    private const double Hour = 3600;
    private const long Made = 1_010_000;

    [Fact]
    public void A_clock_that_was_never_set_tells_when_an_object_was_made()
    {
        Assert.Equal(Made, new ClockSteps(Boot).Latest(Made, Made + Hour));
        Assert.Equal(Made, new ClockSteps(Boot, Boot, Boot + 1, Boot + Hour).Latest(Made, Made + Hour));
    }

    [Fact]
    public void What_was_made_before_a_pause_of_an_hour_may_be_an_hour_younger() =>
        Assert.Equal(Made + Hour, new ClockSteps(Boot, Boot - Hour).Latest(Made, Made + Hour + 1));

    [Fact]
    public void What_is_younger_than_the_step_may_have_been_made_between_two_of_which_it_is_the_sum() =>
        Assert.Equal(Made + Hour - 1, new ClockSteps(Boot, Boot - Hour).Latest(Made, Made + Hour - 1));

    [Fact]
    public void Of_what_several_witnesses_tell_the_longest_step_counts() =>
        Assert.Equal(Made + Hour, new ClockSteps(Boot, Boot - 60, Boot - Hour).Latest(Made, Made + 2 * Hour));

    [Fact]
    public void What_was_made_before_the_clock_was_read_at_boot_tells_nothing() =>
        Assert.Equal(Made + 60, new ClockSteps(Boot, 1, Boot - 60).Latest(Made, Made + 2 * Hour));

    [Fact]
    public void A_clock_that_was_set_back_may_have_been_set_forward_as_well()
    {
        var back = new ClockSteps(Boot, Boot + Hour, Boot + Hour + 5);
        Assert.Equal(Made + Hour, back.Latest(Made, Made + Hour));
        Assert.Equal(Made, back.Latest(Made, Made - 5));
    }

    [Fact]
    public void A_clock_that_runs_fast_is_set_back_a_little_at_times() =>
        Assert.Equal(Made, new ClockSteps(Boot, Boot + 59).Latest(Made, Made + Hour));

    [Fact]
    public void What_seems_older_than_the_boot_may_be_of_any_age_since()
    {
        Assert.Equal(Made, new ClockSteps(Boot).Latest((long)Boot - 3, Made));
        Assert.Equal(Boot - 1, new ClockSteps(Boot).Latest((long)Boot - 1, Made));
    }

    [Fact]
    public void Without_a_time_of_boot_nothing_is_said_of_the_clock() =>
        Assert.Equal(Made, new ClockSteps(null, 1).Latest(Made, Made + Hour));

    [Fact]
    public void The_birth_of_what_is_kept_in_memory_is_read_and_that_of_nothing_else()
    {
        Assert.Equal(BirthOf("/dev/shm"), Libc.BirthInMemory("/dev/shm"));
        Assert.Null(Libc.BirthInMemory("/proc"));
        Assert.Null(Libc.BirthInMemory("/nowhere"));
    }

    [FactNeeding(Need.Root | Need.FirstPidNamespace | Need.UtilLinux)]
    public void A_daemon_that_looks_too_young_may_be_old_enough_where_the_clock_was_set_forward() =>
        Sandbox.Run(_ =>
        {
            var owner = FreshIds.Next();
            var id = Sandbox.MakeLeftover(owner);
            using var daemon = Daemon.Start(isLeader: true, [.. LateComers.As(owner), "sleep", "1000"]);

            Assert.Equal("Orphaned", LateComers.JudgeOld(id).Status);
            var verdict = LateComers.JudgeOld(id, s_pause);
            Assert.Equal("Stale", verdict.Status);
            Assert.Contains($"({daemon.Id}, {owner}, since ", verdict.Reason, StringComparison.Ordinal);
            Assert.Contains("the clock was set", verdict.Reason, StringComparison.Ordinal);
        });

    [FactNeeding(Need.Root | Need.FirstPidNamespace)]
    public void An_operator_that_looks_younger_than_its_operation_may_live_where_the_clock_was_set_forward() =>
        Sandbox.Run(_ =>
        {
            var id = Sandbox.MakeSet(FreshIds.Next());
            using var actor = ActorProcess.Start("operate", id, 0, 1);

            Assert.DoesNotContain("may be it", LateComers.JudgeOld(id).Reason, StringComparison.Ordinal);
            var verdict = LateComers.JudgeOld(id, s_pause);
            Assert.Equal("Stale", verdict.Status);
            Assert.Contains($"({actor.Id}, root, since ", verdict.Reason, StringComparison.Ordinal);
            Assert.Contains("as the clock was set meanwhile, may be it", verdict.Reason, StringComparison.Ordinal);
        });

    /// <summary>A little longer than what these tests put between a set and the processes.</summary>
    private static readonly ClockSteps s_pause = new(Boot, Boot - 70);

    private static double BirthOf(string path)
    {
        using var stat = Process.Start(
            new ProcessStartInfo("stat", ["-c", "%W", path]) { RedirectStandardOutput = true }
        )!;
        return double.Parse(stat.StandardOutput.ReadToEnd(), CultureInfo.InvariantCulture);
    }
}
