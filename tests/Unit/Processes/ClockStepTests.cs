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
    public void What_is_younger_than_the_pause_was_made_after_it() =>
        Assert.Equal(Made, new ClockSteps(Boot, Boot - Hour).Latest(Made, Made + Hour - 1));

    [Fact]
    public void Of_several_steps_the_longest_counts_that_does_not_lead_into_the_future() =>
        Assert.Equal(Made + Hour, new ClockSteps(Boot, Boot - 60, Boot - Hour, 1).Latest(Made, Made + 2 * Hour));

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
            Assert.Contains("the clock was set forward", verdict.Reason, StringComparison.Ordinal);
        });

    [FactNeeding(Need.Root | Need.FirstPidNamespace)]
    public void An_operator_that_looks_younger_than_its_operation_lives_where_the_clock_was_set_forward() =>
        Sandbox.Run(_ =>
        {
            var id = Sandbox.MakeSet(FreshIds.Next());
            using var actor = ActorProcess.Start("operate", id, 0, 1);

            Assert.NotEqual("InUse", LateComers.JudgeOld(id).Status);
            Assert.Equal("InUse", LateComers.JudgeOld(id, s_pause).Status);
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
