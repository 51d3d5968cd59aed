using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Status;

/// <summary>What four times the work costs.</summary>
internal static class Growth
{
    /// <summary>
    /// Four times is linear, sixteen times is quadratic. Between them is room for a machine that is busy with others.
    /// </summary>
    private const double Most = 8;

    // One is enough, as what is too much is measured again.
    private const int Rounds = 1;
    private const int Attempts = 3;

    // Many times what any of them needs. Else a cost that is not linear would keep the tests busy for an hour.
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(10);

    /// <summary>Fails when four times the work costs much more than four times as much.</summary>
    /// <param name="less">Some work, in many small steps.</param>
    /// <param name="more">Four times that.</param>
    /// <param name="rounds">How often each is done, after once for practice.</param>
    internal static void AssertLinear<T>(IEnumerable<T> less, IEnumerable<T> more, int rounds = Rounds) =>
        AssertLinear(() => Measure(less, more, rounds));

    /// <summary>The same where the larger work needs a setting that takes long to make: that is made once.</summary>
    internal static void AssertLinear<T>(
        (Func<IDisposable> Setting, IEnumerable<T> Work) less,
        (Func<IDisposable> Setting, IEnumerable<T> Work) more,
        int rounds
    ) => AssertLinear(() => (Measure(less, rounds), Measure(more, rounds)));

    private static void AssertLinear(Func<(double Cost, double LargerCost)> measure)
    {
        // What costs too much does so every time; a machine that is busy with others does not.
        var told = "";
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var (cost, largerCost) = measure();
            if (largerCost / cost < Most)
                return;
            told +=
                $"Four times the work costs {largerCost / cost:f1} times as much: "
                + $"{cost:f1} ms and {largerCost:f1} ms. ";
        }

        Assert.Fail(told);
    }

    private static double Measure<T>((Func<IDisposable> Setting, IEnumerable<T> Work) part, int rounds)
    {
        using var setting = part.Setting();
        // The first round also pays for the compiler.
        Cost(part.Work);
        return Median([.. Enumerable.Range(0, rounds).Select(_ => Cost(part.Work))]);
    }

    private static (double, double) Measure<T>(IEnumerable<T> less, IEnumerable<T> more, int rounds)
    {
        var costs = new List<double>();
        var largerCosts = new List<double>();
        // Turn about, so that what else the machine does hits both alike.
        for (var round = 0; round <= rounds; round++)
        {
            var (cost, largerCost) = (Cost(less), Cost(more));
            // The first round also pays for the compiler.
            if (round == 0)
                continue;
            costs.Add(cost);
            largerCosts.Add(largerCost);
        }

        return (Median(costs), Median(largerCosts));
    }

    private static double Cost<T>(IEnumerable<T> work)
    {
        var before = ProcessorTime.Now;
        var steps = 0;
        foreach (var _ in work)
        {
            steps++;
            // Asking costs as much as a tenth of a verdict.
            if (steps % 100 == 0)
                Assert.True(Spent() < s_longest, $"It took more than {s_longest.TotalSeconds} s to do {steps} steps.");
        }

        return Spent().TotalMilliseconds;

        TimeSpan Spent() => ProcessorTime.Now - before;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
