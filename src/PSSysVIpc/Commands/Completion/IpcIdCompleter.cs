using System.Globalization;
using System.Management.Automation;

namespace PSSysVIpc.Commands;

/// <summary>Completes ids, and tells whose object each is, what it holds and its status.</summary>
public sealed class IpcIdCompleter : IpcCompleter
{
    private protected override IEnumerable<CompletionResult> Complete(string typed, CompletionScope scope)
    {
        foreach (var row in scope.Select(row => Text(row.Id).StartsWith(typed, StringComparison.Ordinal)))
            yield return Result(Text(row.Id), Text(row.Id), scope.Describe(row));
    }

    private protected override string TextOf(object? value) => string.Create(CultureInfo.InvariantCulture, $"{value}");

    private static string Text(int id) => id.ToString(CultureInfo.InvariantCulture);
}
