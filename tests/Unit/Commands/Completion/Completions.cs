using System.Management.Automation;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Commands.Completion;

/// <summary>What the engine completes at the end of a line, in a sandbox.</summary>
internal static class Completions
{
    /// <param name="box">The sandbox.</param>
    /// <param name="line">What was typed.</param>
    /// <returns>The completions, in their order. Errors fail the test, those that nobody would see, too.</returns>
    internal static IReadOnlyList<CompletionResult> Complete(this Sandbox box, string line)
    {
        // The engine alone misses commands that it asks itself; in pwsh they are there.
        var outcome = box.Invoke(
                "$Error.Clear(); (TabExpansion2 $line $line.Length).CompletionMatches; $Error | Where-Object { $_ "
                    + "-isnot [Management.Automation.CommandNotFoundException] }",
                ("line", line)
            )
            .Clean();
        return [.. outcome.Output.Select(item => Assert.IsType<CompletionResult>(item?.BaseObject))];
    }

    /// <summary>Only what would be put into the line.</summary>
    internal static IEnumerable<string> CompleteText(this Sandbox box, string line) =>
        box.Complete(line).Select(result => result.CompletionText);
}
