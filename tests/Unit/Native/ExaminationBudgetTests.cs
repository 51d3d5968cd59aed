using System.Diagnostics;
using PSSysVIpc.Native;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Native;

/// <summary>What another user can make last for ever ends in time, and at once by Ctrl-C.</summary>
public class ExaminationBudgetTests
{
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(10);

    [Fact]
    public void What_hangs_is_left_behind_and_the_next_one_is_examined()
    {
        var budget = new ExaminationBudget(each: s_short);
        Assert.False(budget.TryExamineAside(_ => Thread.Sleep(Timeout.Infinite)));
        var isExamined = false;
        Assert.True(budget.TryExamineAside(_ => isExamined = true));
        Assert.True(isExamined);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_goes_on_and_on_is_ended(bool aside)
    {
        var budget = new ExaminationBudget(each: s_short);
        Assert.False(Examine(budget, aside, GoOn));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Ctrl_C_ends_it_at_once(bool aside, bool hangs)
    {
        using var stop = new CancellationTokenSource(s_short);
        var budget = new ExaminationBudget(each: s_long, inAll: s_long, stop: stop.Token);
        var clock = Stopwatch.StartNew();
        Assert.ThrowsAny<OperationCanceledException>(() =>
            Examine(budget, aside, hangs ? _ => Thread.Sleep(Timeout.Infinite) : GoOn)
        );
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Once_all_time_is_used_up_nothing_is_examined_any_more()
    {
        var budget = new ExaminationBudget(each: s_short, inAll: 2 * s_short);
        while (!budget.IsSpent)
            Assert.False(budget.TryExamine(GoOn));
        Assert.False(budget.TryExamine(_ => Assert.Fail("It was examined.")));
        Assert.False(budget.TryExamineAside(_ => Assert.Fail("It was examined.")));
    }

    [Fact]
    public void What_an_ordinary_process_takes_uses_nothing_up()
    {
        var budget = new ExaminationBudget(inAll: s_short, free: TimeSpan.FromSeconds(5));
        for (var i = 0; i < 100; i++)
            Assert.True(budget.TryExamine(_ => Thread.Sleep(1)));
        Assert.False(budget.IsSpent);
    }

    [Fact]
    public void What_goes_wrong_aside_is_thrown_where_somebody_waits()
    {
        var budget = new ExaminationBudget();
        Assert.Throws<InvalidOperationException>(() =>
            budget.TryExamineAside(_ => throw new InvalidOperationException())
        );
        Assert.True(budget.TryExamineAside(_ => { }));
    }

    [FactNeeding(Need.Root)]
    public void The_thread_aside_is_in_the_namespaces_of_the_one_that_asks_and_ends_when_it_is_not_needed() =>
        Sandbox.Run(_ =>
        {
            var budget = new ExaminationBudget();
            ulong? aside = null;
            Thread? thread = null;
            Assert.True(
                budget.TryExamineAside(_ =>
                    (aside, thread) = (NamespaceLink.Read("/proc/thread-self/ns/ipc"), Thread.CurrentThread)
                )
            );
            Assert.Equal(NamespaceLink.Read("/proc/thread-self/ns/ipc"), aside);
            Assert.NotSame(Thread.CurrentThread, thread);
            Wait.Until(() => !thread!.IsAlive, "the thread ends");
            Assert.True(budget.TryExamineAside(_ => { }));
        });

    [Fact]
    public void More_bytes_than_there_may_be_are_not_read()
    {
        var file = new ProcFile();
        Assert.False(file.Read("/proc/self/maps", out _, most: 1 << 24).IsEmpty);
        Assert.Throws<ExaminationException>(() =>
        {
            file.Read("/proc/self/maps", out _, most: 100);
        });
    }

    private static bool Examine(ExaminationBudget budget, bool aside, Action<Deadline> examine) =>
        aside ? budget.TryExamineAside(examine) : budget.TryExamine(examine);

    private static void GoOn(Deadline deadline)
    {
        while (true)
            deadline.Check();
    }
}
