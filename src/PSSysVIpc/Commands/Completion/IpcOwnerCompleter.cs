using System.Globalization;
using System.Management.Automation;
using PSSysVIpc.Accounts;

namespace PSSysVIpc.Commands;

/// <summary>
/// Completes owners: those that own something first, and then, unless another parameter says which objects are meant,
/// the machine's other accounts.
/// </summary>
public sealed class IpcOwnerCompleter : IpcCompleter
{
    private protected override IEnumerable<CompletionResult> Complete(string typed, CompletionScope scope)
    {
        var counts = scope
            .Select(row => TypedWord.Begins(scope.Owner(row), typed))
            .GroupBy(scope.Owner)
            .ToDictionary(group => group.Key, group => group.Count());
        foreach (var (owner, count) in counts.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            yield return Result(
                owner,
                count == 1 ? $"1 {scope.Noun}" : string.Create(CultureInfo.InvariantCulture, $"{count} {scope.Noun}s")
            );
        if (scope.IsNarrowed)
            yield break;
        foreach (
            var account in LocalAccounts
                .Read()
                .Select(account => account.Name)
                .Where(name => TypedWord.Begins(name, typed) && !counts.ContainsKey(name))
        )
            yield return Result(account, $"no {scope.Noun}");
    }

    private protected override string TextOf(object? value) => TypedWord.Literal(WildcardPattern.Unescape($"{value}"));

    private static CompletionResult Result(string owner, string toolTip) =>
        Result(TypedWord.Literal(owner), owner, toolTip);
}
