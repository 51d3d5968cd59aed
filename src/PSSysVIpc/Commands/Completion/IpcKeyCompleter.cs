using System.Globalization;
using System.Management.Automation;
using PSSysVIpc.Status;

namespace PSSysVIpc.Commands;

/// <summary>Completes keys in hex, and tells which object each is of. What has no key is left out.</summary>
public sealed class IpcKeyCompleter : IpcCompleter
{
    private protected override IEnumerable<CompletionResult> Complete(string typed, CompletionScope scope)
    {
        foreach (var row in scope.Select(row => row.Key != 0 && Begins(row.Key, typed)).OrderBy(row => row.Key))
            yield return Result(
                Wording.Key(row.Key),
                Wording.Key(row.Key),
                $"{scope.Noun} {row.Id.ToString(CultureInfo.InvariantCulture)}: {scope.Describe(row)}"
            );
    }

    private protected override string TextOf(object? value) =>
        IpcKey.TryRead(value) is { } key && key >= 0 && key <= uint.MaxValue ? Wording.Key((uint)key) : "";

    // The zeros in front need not be typed.
    private static bool Begins(uint key, string typed) =>
        Wording.Key(key).StartsWith(typed, StringComparison.OrdinalIgnoreCase)
        || string.Create(CultureInfo.InvariantCulture, $"0x{key:x}")
            .StartsWith(typed, StringComparison.OrdinalIgnoreCase);
}
