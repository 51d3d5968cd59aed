using PSSysVIpc.Processes;
using PSSysVIpc.Status;
using PSSysVIpc.Tests.Scenes;
using static PSSysVIpc.Tests.Scenes.Scene;

namespace PSSysVIpc.Tests.Status.Rules;

/// <summary>What keeps the caller from seeing whether a set is used.</summary>
public class UnknownRuleTests
{
    private const uint Unmapped = 65534;

    [Fact]
    public void A_set_that_the_caller_may_not_read()
    {
        const string reason = "who uses it can't be read: its mode is ";
        Expect(Set().WithMode("0660").Unreadable(), By(Stranger), $"{reason}0660 and this is user {Stranger}. Look as");
        Expect(Set().WithMode("0266").Unreadable(), By(Owner), $"{reason}0266 and this is user {Owner}");
    }

    [Fact]
    public void A_set_that_the_caller_may_read_and_that_something_keeps_from_him()
    {
        const string reason =
            "has the right to: a seccomp filter or a security module refuses it. Look from where none does or,";
        Expect(Set().Unreadable(), Host(), $"though user 0 {reason}");
        Expect(Set().Unreadable(), By(Owner), $"though user {Owner} {reason}");
        Expect(Set().WithMode("0644").Unreadable(), By(Stranger), $"though user {Stranger} {reason}");
    }

    [Fact]
    public void Processes_of_another_PID_namespace() =>
        Expect(Set(), From(view => view with { IsProcOurs = false }), "/proc belongs to another PID namespace");

    [Fact]
    public void Hidden_processes() =>
        Expect(Set(), From(view => view with { HidingOption = "hidepid=2" }), "/proc is mounted with hidepid=2");

    [Fact]
    public void Processes_that_can_not_be_read() => Expect(Set(), Host().Unreadable(3), "3 processes can't be read");

    [Fact]
    public void Owners_and_creators_outside_the_user_namespace()
    {
        var host = From(view => view with { UnmappedUserId = Unmapped, UnmappedGroupId = Unmapped });
        const string reason = "lies outside this user namespace";
        Expect(Set().OwnedBy(Unmapped).CreatedBy(Owner, OwnersGroup), host, reason);
        Expect(Set().CreatedBy(Unmapped, OwnersGroup), host, reason);
        Expect(Set().InGroup(Unmapped).CreatedBy(Owner, OwnersGroup).WithMode("0660"), host, reason);
        Expect(Set().CreatedBy(Owner, Unmapped).WithMode("0640"), host, reason);
    }

    [Fact]
    public void Groups_outside_the_user_namespace_matter_only_where_the_mode_lets_them_in()
    {
        var host = From(view => view with { UnmappedUserId = Unmapped, UnmappedGroupId = Unmapped });
        Assert.Equal(IpcStatus.Orphaned, Judge(Set().InGroup(Unmapped).WithMode("0600"), host).Status);
        // To whom all users are known that number is an account like any other.
        Assert.Equal(IpcStatus.Orphaned, Judge(Set().OwnedBy(Unmapped), Host()).Status);
    }

    private static HostScene By(uint user) =>
        From(view => view with { EffectiveUserId = user, MayReadAll = false, MayTraceAll = false });

    private static HostScene From(Func<Viewpoint, Viewpoint> where) => Host().SeenFrom(where);

    private static void Expect(SetScene set, HostScene host, string reason)
    {
        var verdict = Judge(set, host);
        Assert.Equal(IpcStatus.Unknown, verdict.Status);
        Assert.Contains(reason, verdict.Reason, StringComparison.Ordinal);
        Assert.EndsWith(" or, if you know that nobody uses it, use -Force.", verdict.Reason, StringComparison.Ordinal);
    }
}
