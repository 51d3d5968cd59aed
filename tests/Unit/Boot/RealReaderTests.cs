using PSSysVIpc.Boot;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Boot;

/// <summary>The value that is said of the next boot is the one that Debian's readers set.</summary>
public sealed class RealReaderTests(RealReaderTests.Matrix matrix) : IClassFixture<RealReaderTests.Matrix>
{
    private const Need Needed = Need.Root | Need.Systemd | Need.Procps;

    public static TheoryData<string> Names => new(BootCases.All.Select(files => files.Name));

    [TheoryNeeding(Needed)]
    [MemberData(nameof(Names))]
    public void What_is_said_of_the_next_boot_is_what_the_readers_set(string name) => AssertRight(matrix.WrongOf(name));

    [FactNeeding(Needed)]
    public void The_readers_set_something_in_most_cases() => Assert.True(matrix.Predicted > BootCases.All.Length * 2);

    [TheoryNeeding(Needed)]
    [InlineData(1, 120)]
    [InlineData(2, 120)]
    public void What_is_said_of_files_that_nobody_thought_of_is_what_the_readers_set(int seed, int count)
    {
        var random = new RandomBoots(seed);
        AssertRight(string.Concat(Boot(Enumerable.Range(0, count).Select(_ => random.Next()), out var predicted)));
        Assert.True(predicted > count);
    }

    private static void AssertRight(string wrong) => Assert.True(wrong == "", wrong);

    private static List<string> Boot(IEnumerable<BootCase> cases, out int predicted)
    {
        var machine = LimitField.ReadAll();
        var wrong = new List<string>();
        var set = 0;
        BootMachine.Run(_ =>
        {
            BootMachine.Lay(BootCases.Nothing);
            var (defaults, _) = BootMachine.Boot(BootReader.Systemd);
            foreach (var files in cases)
                wrong.Add(
                    Prediction.Check(files, BootReader.Systemd, defaults, ref set)
                        + Prediction.Check(files, BootReader.Procps, defaults, ref set)
                );
        });
        Assert.Equal(machine, LimitField.ReadAll());
        predicted = set;
        return wrong;
    }

    /// <summary>All cases, run at once: starting a machine takes longer than booting it.</summary>
    public sealed class Matrix
    {
        private readonly Lazy<(Dictionary<string, string> Wrong, int Predicted)> _results = new(() =>
        {
            var wrong = Boot(BootCases.All, out var predicted);
            return (BootCases.All.Zip(wrong).ToDictionary(pair => pair.First.Name, pair => pair.Second), predicted);
        });

        internal int Predicted => _results.Value.Predicted;

        internal string WrongOf(string name) => _results.Value.Wrong[name];
    }
}
