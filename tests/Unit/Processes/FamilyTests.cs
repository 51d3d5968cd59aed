using System.Diagnostics;
using PSSysVIpc.Processes;
using PSSysVIpc.Tests.Scenes;

namespace PSSysVIpc.Tests.Processes;

/// <summary>How old a process's living family is, on tables made by hand.</summary>
public class FamilyTests
{
    private const double Old = 1000;
    private const double Young = 5000;

    [Fact]
    public void A_young_process_is_as_old_as_its_oldest_ancestor() =>
        Assert.Equal(Old, Start(Process(2, 1, 2, Old), Process(3, 2, 2, Young - 1), Process(4, 3, 2, Young)));

    [Fact]
    public void A_parent_that_is_younger_than_its_child_is_none_and_the_family_may_be_any_age()
    {
        Assert.Equal(double.NegativeInfinity, Start(Process(2, 1, 2, Young + 2), Process(3, 2, 2, Young + 1)));
        // In the same hundredth of a second it may be.
        Assert.Equal(Young, Start(Process(2, 1, 2, Young), Process(3, 2, 2, Young)));
    }

    [Fact]
    public void Pid_1_is_no_family_unless_it_is_asked_for()
    {
        Assert.Equal(Young, Start(Process(1, 0, 1, Old), Process(3, 1, 3, Young)));
        Assert.Equal(Old, Start(Process(1, 0, 1, Old)));
    }

    [Fact]
    public void A_young_family_below_a_session_leader_under_pid_1_is_young() =>
        Assert.Equal(Young, Start(Process(3, 1, 3, Young), Process(4, 3, 3, Young + 1)));

    [Fact]
    public void A_young_family_whose_top_was_reparented_and_leads_no_session_may_be_any_age()
    {
        Assert.Equal(double.NegativeInfinity, Start(Process(3, 1, 2, Young)));
        Assert.Equal(double.NegativeInfinity, Start(Process(3, 1, 2, Young), Process(4, 3, 4, Young + 1)));
    }

    [Fact]
    public void A_parent_that_was_not_seen_may_be_any_age()
    {
        Assert.Equal(double.NegativeInfinity, Start(Process(4, 3, 4, Young)));
        Assert.Equal(double.NegativeInfinity, Start(Process(4, 3, 4, Young), Process(5, 4, 5, Young)));
    }

    [Fact]
    public void A_start_time_that_is_unknown_may_be_any() =>
        Assert.Equal(double.NegativeInfinity, Start(Process(3, 1, 3, null), Process(4, 3, 4, Young)));

    [Fact]
    public void A_process_whose_parent_is_in_another_PID_namespace_is_as_old_as_it_is() =>
        Assert.Equal(Young, Start(Process(4, 0, 4, Young)));

    [Fact]
    public void Numbers_given_anew_that_close_a_circle_may_be_any_age()
    {
        Assert.Equal(double.NegativeInfinity, Start(Process(3, 4, 3, Young), Process(4, 3, 4, Young)));
        Assert.Equal(double.NegativeInfinity, Start(Process(5, 5, 5, Young)));
    }

    [Fact]
    public void Two_passes_together_have_what_either_saw()
    {
        var ended = Process(3, 1, 3, Young, user: 7);
        var begun = Process(4, 1, 4, Young, user: 8);
        var before = Process(5, 1, 5, Young, user: 9);
        var after = before with { UserIds = [10] };
        var first = new ProcessTable([ended, before], unreadable: 2, Stopwatch.GetTimestamp(), isWhole: false);
        var second = new ProcessTable([begun, after], unreadable: 1, Stopwatch.GetTimestamp(), isWhole: true);

        var both = first.With(second);

        Assert.Equal([3, 4, 5], both.All.Select(process => process.Id).Order());
        Assert.Same(ended, Assert.Single(both.OfUser(7)));
        Assert.Same(begun, Assert.Single(both.OfUser(8)));
        // A process that changed its user in between has both: another thread of it may have been missed later.
        Assert.Equal(5, Assert.Single(both.OfUser(9)).Id);
        Assert.Same(both.Find(5), Assert.Single(both.OfUser(10)));
        Assert.Equal(2, both.Unreadable);
        Assert.True(both.IsWhole);
        Assert.False(second.With(first).IsWhole);
    }

    [Fact]
    public void A_number_that_was_given_to_another_between_two_passes_counts_twice()
    {
        var ended = Process(3, 1, 3, Old, user: 7);
        var heir = Process(3, 1, 3, Young, user: 8);

        var both = Table(ended).With(Table(heir));

        Assert.Equal(2, both.All.Count);
        Assert.Same(ended, Assert.Single(both.OfUser(7)));
        Assert.Same(heir, Assert.Single(both.OfUser(8)));
        Assert.Same(heir, both.Find(3));
    }

    /// <summary>When the family of the last of some processes began.</summary>
    private static double Start(params ProcessRecord[] processes) => Table(processes).FamilyOf(processes[^1]).Start;

    private static ProcessTable Table(params ProcessRecord[] processes) =>
        new(processes, 0, Stopwatch.GetTimestamp(), isWhole: true);

    private static ProcessRecord Process(int id, int parent, int session, double? start, uint user = 5) =>
        Scene.Process(id).As(user).Record with
        {
            ParentId = parent,
            SessionId = session,
            StartTime = start,
        };
}
