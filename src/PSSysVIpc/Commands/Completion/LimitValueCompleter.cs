using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using PSSysVIpc.Boot;
using PSSysVIpc.Ipc;
using PSSysVIpc.Limits;

namespace PSSysVIpc.Commands;

/// <summary>
/// Completes what a limit shall be: what it is, the most it can be and, where it has that, no limit at all.
/// </summary>
public sealed class LimitValueCompleter : IArgumentCompleter
{
    /// <summary>The values that begin with what was typed, for the limit that was named.</summary>
    /// <param name="commandName">Not used.</param>
    /// <param name="parameterName">Not used.</param>
    /// <param name="wordToComplete">What was typed, perhaps with an opening quote.</param>
    /// <param name="commandAst">Not used.</param>
    /// <param name="fakeBoundParameters">The other parameters, as far as they are known.</param>
    /// <returns>The values; none where no limit was named.</returns>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters
    )
    {
        var typed = TypedWord.Read(wordToComplete);
        var name = fakeBoundParameters[nameof(SetIpcLimitCommand.Name)]?.ToString() ?? "";
        return
        [
            .. Values(name)
                .Where(value => value.Text.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
                .DistinctBy(value => value.Text)
                .Select(value => new CompletionResult(
                    value.Text.Contains(' ', StringComparison.Ordinal) ? $"'{value.Text}'" : value.Text,
                    value.Text,
                    CompletionResultType.ParameterValue,
                    value.Meaning
                )),
        ];
    }

    private static IEnumerable<(string Text, string Meaning)> Values(string name)
    {
        IpcLimit[] limits;
        try
        {
            var snapshot = new LimitSnapshot(IpcKernel.OpenCurrent(), new BootModel());
            limits = [.. (LimitTarget.Find(name)?.Limits ?? []).Select(snapshot.Read)];
        }
        catch (IpcException)
        {
            yield break;
        }

        if (limits.Length == 0 || limits[0].Sysctl is null)
            yield break;
        var names = string.Join(", ", limits.Select(limit => limit.Name));
        yield return (
            Join(limits.Select(limit => limit.IsUnlimited ? LimitDefinition.NoLimit : Text(limit.Value))),
            $"{names} now"
        );
        if (limits.Length > 1)
            yield break;
        yield return (Text(limits[0].Maximum), $"the most that {names} can be here");
        if (limits[0].Sysctl is { } sysctl && LimitTable.Of(sysctl)[0].CanBeUnlimited)
            yield return (LimitDefinition.NoLimit, "no limit, as the kernel begins");
    }

    private static string Join(IEnumerable<string> words) => string.Join(' ', words);

    private static string Text(ulong value) => value.ToString(CultureInfo.InvariantCulture);
}
