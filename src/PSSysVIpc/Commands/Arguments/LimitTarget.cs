using PSSysVIpc.Ipc;

namespace PSSysVIpc.Commands;

/// <summary>What is named to be set: one limit, or by its sysctl all that stand in it.</summary>
/// <param name="Name">The name as it was given.</param>
/// <param name="Limits">The limits, in the order of the sysctl's fields.</param>
internal sealed record LimitTarget(string Name, IReadOnlyList<LimitDefinition> Limits)
{
    /// <returns>Null where there is no limit, nor a sysctl of limits, of that name.</returns>
    internal static LimitTarget? Find(string name)
    {
        if (LimitSelection.Find(name) is { } limit)
            return new(limit.Name, [limit]);
        return LimitSelection.FindSysctl(name) is { } sysctl ? new(sysctl, LimitTable.Of(sysctl)) : null;
    }

    /// <summary>Reads what they shall be.</summary>
    /// <param name="value">
    /// For one a number, for several as many numbers: a list, or a text with blanks between them.
    /// </param>
    /// <exception cref="IpcBadInputException">It is not that.</exception>
    /// <exception cref="LimitReadOnlyException">Nor can the limit be set.</exception>
    internal IReadOnlyList<WantedLimit> Read(object? value)
    {
        var parts = Limits.Count == 1 ? [value] : LimitValue.Split(value);
        var advice = Limits.Count == 1 ? null : FindAdvice(WholeNumber.Unwrap(value) as string ?? "");
        return parts.Count == Limits.Count && advice is null
            ? [.. Limits.Zip(parts, (limit, part) => new WantedLimit(limit, LimitValue.Read(part, limit)))]
            : throw new IpcBadInputException(
                $"{Name} takes {Limits.Count} numbers with blanks between them "
                    + $"({string.Join(", ", Limits.Select(limit => limit.Name))}), and {WholeNumber.Show(value)} is "
                    + $"not that{advice}. Nothing was set for it.",
                Name
            );
    }

    // What guides have around and between them, and the kernel refuses.
    private static string? FindAdvice(string text) =>
        text.Any(LimitValue.Quotes.Contains) ? ": take the quotation marks away"
        : text.Contains('#', StringComparison.Ordinal)
            ? ": take the comment away, which is a part of the value to sysctl"
        : text.Contains(',', StringComparison.Ordinal) ? ": take the commas away"
        : text.Contains('\u00a0', StringComparison.Ordinal) ? ": some of its blanks are non-breaking ones"
        : null;
}
