using PSSysVIpc.Status;
using PSSysVIpc.Tests.Scenes;
using static PSSysVIpc.Tests.Scenes.Scene;

namespace PSSysVIpc.Tests.Status.Rules;

/// <summary>
/// Who could use a set by user or group: of one without a key, only whose family is old enough to have its id.
/// </summary>
public class CandidateTests
{
    private const int MadeAgo = 3_600;
    private const uint Maker = 1_900_000_003;
    private const uint MakersGroup = 1_900_000_004;

    [Fact]
    public void Processes_of_its_owner_creator_and_groups()
    {
        var set = Set().CreatedBy(Maker, MakersGroup).WithMode("0660");
        Expect.Stale(set, Host(Process(5).As(Owner)), "p5 (5, 1900000001, since ", "it runs as its owner");
        Expect.Stale(set, Host(Process(5).As(Maker)), "could still use it: it runs as its creator");
        Expect.Stale(set, Host(Process(5).InGroup(OwnersGroup)), "it runs in its group 1900000002");
        Expect.Stale(set, Host(Process(5).InGroup(MakersGroup)), "it runs in its creator's group 1900000004");
        Expect.Orphaned(set, Host(Process(5)));
    }

    [Fact]
    public void Groups_count_only_where_the_mode_lets_them_in()
    {
        var set = Set().CreatedBy(Maker, MakersGroup);
        Expect.Orphaned(set.WithMode("0600"), Host(Process(5).InGroup(OwnersGroup), Process(6).InGroup(MakersGroup)));
        Expect.Stale(set.WithMode("0620"), Host(Process(5).InGroup(OwnersGroup)), "it runs in its group");
    }

    [Fact]
    public void Root_as_the_creator_is_no_candidate() =>
        Expect.Orphaned(Set().CreatedBy(0, OwnersGroup), Host(Process(5).WithRootsRights()));

    [Fact]
    public void Others_in_roots_group_are_candidates_where_it_may_use_the_set() =>
        Expect.Stale(Set().InGroup(0).WithMode("0660"), Host(Process(5).InGroup(0)), "p5 (5, ", "it runs in its group");

    [Theory]
    [InlineData(1, "it began before the set was last changed")]
    [InlineData(-30, "it began less than a minute after the set was last changed")]
    [InlineData(-60, "it began less than a minute after the set was last changed")]
    public void A_process_that_is_old_enough_to_have_inherited_its_id(int secondsBefore, string reason) =>
        Expect.Stale(Set(), Host(Process(5).As(Owner).Started(MadeAgo + secondsBefore)), reason);

    [Fact]
    public void A_process_of_a_younger_family_can_not_have_inherited_its_id()
    {
        var young = Host(Process(5).As(Owner).Started(MadeAgo - 61));
        Expect.Orphaned(Set(), young);
        Assert.Contains(
            "p5 (5, 1900000001, since 2030-03-17 16:47:41) runs as 1900000001, but began too late to have inherited "
                + "its id",
            Judge(Set(), young)
                .Reason.Replace(Wording.Time(Now - MadeAgo + 61), "2030-03-17 16:47:41", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_young_process_of_an_old_family_may_have_inherited_its_id()
    {
        var young = Process(5).As(Owner).Started(10);
        Expect.Stale(
            Set(),
            Host(young.ChildOf(4), Process(4)),
            "it descends from p4 (4",
            "which began before the set was"
        );
        Expect.Stale(
            Set(),
            Host(young.ChildOf(4)),
            "it descends from a process that has ended and may have had the id"
        );
        Expect.Orphaned(Set(), Host(young.ChildOf(4), Process(4).Started(20)));
        // Whose number the parent has now was not the parent.
        Expect.Stale(Set(), Host(young.ChildOf(4), Process(4).Started(5)), "it descends from a process that has ended");
    }

    [Fact]
    public void By_its_key_any_process_can_open_it_however_young() =>
        Expect.Stale(
            Set().WithKey().Changed(Day),
            Host(Process(5).As(Owner).Started(10)),
            "p5 (5, 1900000001, since ",
            "could open it by its key: it runs as its owner. Stop it or use -AllowStale."
        );

    [Fact]
    public void Where_the_clock_was_set_forward_a_process_may_be_older_than_it_looks()
    {
        var host = Host(Process(5).As(Owner).Started(1_000));
        Expect.Orphaned(Set(), host);
        Expect.Stale(Set(), host.ClockSet(3_000), "(as the clock was set meanwhile) maybe before the set was");
    }

    [Fact]
    public void Who_is_in_another_IPC_namespace_can_not_reach_it()
    {
        var host = Host(Process(5).As(Owner).InOtherNamespace());
        Expect.Orphaned(Set(), host);
        Assert.Contains(
            "no process of this IPC namespace runs as",
            Judge(Set(), host).Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_caller_is_no_candidate() => Expect.Orphaned(Set(), Host(Process(CallerId).As(Owner)));

    [Fact]
    public void Who_could_not_be_examined_in_time_may_be_anybody() =>
        Expect.Stale(
            Set(),
            Host(Process(5).Unexamined()),
            "its threads and their users and groups could not be read in the time"
        );

    [Fact]
    public void Of_many_the_oldest_is_named_and_all_are_counted()
    {
        var host = Host(
            Process(5).As(Owner).Started(4_000),
            Process(6).As(Owner).Started(5_000),
            Process(7).As(Owner).Started(5)
        );
        Expect.Stale(Set(), host, "p6 (6, ", "one of 2, could still use it", "Stop them or use -AllowStale.");
        Expect.Stale(Set().WithKey(), host, "one of 3, could open it by its key");
    }

    [Fact]
    public void Who_is_both_the_owners_and_in_the_group_is_told_once()
    {
        var verdict = Judge(Set().WithMode("0660"), Host(Process(5).As(Owner).InGroup(OwnersGroup)));
        Assert.DoesNotContain("in its group", verdict.Reason, StringComparison.Ordinal);
    }
}
