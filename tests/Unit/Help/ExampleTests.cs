using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
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
        Assert.All(HelpExample.All.Where(example => example.NotRun is not null), example =>
        {
            Assert.Contains("SSH", example.NotRun, StringComparison.Ordinal);
            Assert.Contains("-HostName", string.Join('\n', example.Statements), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Only_what_the_engine_lacks_waits_for_pwsh()
    {
        using var engine = PowerShell.Create(InitialSessionState.CreateDefault2());
        foreach (var example in HelpExample.All.Where(example => example is { NeedsPwsh: true, NotRun: null }))
        {
            var commands = Parser.ParseInput(string.Join('\n', example.Statements), out _, out _)
                .FindAll(node => node is CommandAst, searchNestedScriptBlocks: true).Select(node => ((CommandAst)node).GetCommandName()).OfType<string>();
            Assert.Contains(commands, name => !name.Contains("-Ipc", StringComparison.Ordinal) && !IsThere(name));
        }

        bool IsThere(string name)
        {
            engine.Commands.Clear();
            return engine.AddCommand("Get-Command").AddParameter("Name", name).AddParameter("ErrorAction", "Ignore").Invoke().Count > 0;
        }
    }
}
