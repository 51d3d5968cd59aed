using PSSysVIpc.Status;
using PSSysVIpc.Tests.Scenes;
using static PSSysVIpc.Tests.Scenes.Scene;

namespace PSSysVIpc.Tests.Status.Rules;

/// <summary>Who uses a set for certain: who waits on it, and the processes that used it last.</summary>
public class InUseRuleTests
{
    [Fact]
    public void A_set_whose_last_process_lives_is_in_use_whoever_that_is_now()
    {
        var host = Host(Process(4711).As(Stranger));
        Expect(Set().LastUsedBy(4711), host, "its last operator p4711 (4711, 1900000009, since ");
        Expect(Set().LastUsedBy(1, 2, 4711), host, "4711");
    }

    [Fact]
    public void A_last_process_that_began_since_the_processes_were_read_lives() =>
        Expect(Set().LastUsedBy(4711), Host().WithLate(Process(4711)), "its last operator p4711 (4711");

    [Fact]
    public void A_last_process_that_is_there_and_can_not_be_seen_counts_as_alive() =>
        Expect(
            Set().LastUsedBy(4711),
            Host().WithHidden(4711),
            "process 4711, exists, though more of it can't be seen"
        );

    [Fact]
    public void The_first_three_of_many_are_told() =>
        Expect(
            Set().LastUsedBy(11, 12, 13, 14, 15),
            Host(Process(11), Process(12), Process(13), Process(14), Process(15)),
            "2 more of its last operators live"
        );

    [Fact]
    public void A_last_process_that_has_ended_uses_nothing() =>
        Assert.Equal(IpcStatus.Orphaned, Judge(Set().LastUsedBy(4711), Host(Process(4712))).Status);

    [Fact]
    public void The_caller_itself_uses_nothing() =>
        Assert.Equal(IpcStatus.Orphaned, Judge(Set().LastUsedBy(CallerId), Host(Process(CallerId))).Status);

    [Theory]
    [InlineData(4, IpcStatus.Orphaned)]
    [InlineData(2, IpcStatus.InUse)]
    public void Who_began_more_than_two_seconds_after_the_last_use_only_has_the_number(int secondsAfter, string status)
    {
        var used = Set().Used(1_000).LastUsedBy(4711);
        Assert.Equal(status, Judge(used, Host(Process(4711).Started(1_000 - secondsAfter))).Status);
    }

    [Fact]
    public void Whoever_waits_uses_it()
    {
        var host = Host(Process(5), Process(6)).WithWaiters(5, 6);
        Expect(Set().WaitedOnBy(2), host, "2 processes wait on it, among them p5 (5");
        Expect(Set().WaitedOnBy(1), Host(Process(5)).WithWaiters(5), "1 process waits on it, p5 (5");
        Expect(Set().WaitedOnBy(5), host, "5 threads wait on it, 2 of which can be named from here, among them p5");
        Expect(Set().WaitedOnBy(1), Host(), "1 process waits on it, which can't be named from here");
        Expect(Set().WaitedOnBy(3), Host(), "3 processes wait on it, none of which can be named from here");
    }

    [Fact]
    public void Use_that_is_seen_beats_what_can_not_be_seen() =>
        Expect(
            Set().LastUsedBy(4711),
            Host(Process(4711)).Unreadable(3).SeenFrom(view => view with { HidingOption = "hidepid=2" }),
            "its last operator p4711"
        );

    private static void Expect(SetScene set, HostScene host, string reason)
    {
        var verdict = Judge(set, host);
        Assert.Equal(IpcStatus.InUse, verdict.Status);
        Assert.StartsWith("InUse: ", verdict.Reason, StringComparison.Ordinal);
        Assert.Contains(reason, verdict.Reason, StringComparison.Ordinal);
        Assert.EndsWith(
            "Stop who uses it; -Force removes it under their feet.",
            verdict.Reason,
            StringComparison.Ordinal
        );
    }
}
