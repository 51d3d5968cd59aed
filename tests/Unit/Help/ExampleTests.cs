using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Help;

/// <summary>The examples of the help that need only the engine: what they show is what comes out.</summary>
public class ExampleTests
{
    // Most scenes wait until what was used is old: so all of them wait at the same time.
    private static readonly Lazy<Dictionary<string, Task<string>>> s_runs =
        new(() => HelpExample.Runnable.ToDictionary(example => example.Name, example => example.Run()));

    public static TheoryData<string> Runnable => [.. HelpExample.Runnable.Select(example => example.Name)];

    [TheoryNeeding(Need.Root | Need.FirstPidNamespace | Need.UtilLinux)]
    [MemberData(nameof(Runnable))]
    public async Task An_example_shows_what_comes_out(string name)
    {
        var shown = HelpExample.Squeeze(await s_runs.Value[name]);
        Assert.Matches(Array.Find(HelpExample.All, example => example.Name == name)!.Expected, shown);
    }

    [Fact]
    public void Every_cmdlet_has_four_examples_and_only_those_for_other_machines_are_not_run()
    {
        Assert.All(HelpExample.All.GroupBy(example => example.Name.Split(' ')[0]), page => Assert.True(page.Count() >= 4, page.Key));
        Assert.All(HelpExample.All.Where(example => example.NotRun is not null), example => Assert.Contains("SSH", example.NotRun, StringComparison.Ordinal));
    }
}
