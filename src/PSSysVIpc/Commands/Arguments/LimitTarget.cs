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
        return parts.Count == Limits.Count
            ? [.. Limits.Zip(parts, (limit, part) => new WantedLimit(limit, LimitValue.Read(part, limit)))]
            : throw new IpcBadInputException(
                $"{Name} has {Limits.Count} numbers, and {WholeNumber.Show(value)} is {parts.Count}: "
                    + $"{string.Join(", ", Limits.Select(limit => limit.Name))} are needed, as "
                    + $"'{string.Join(' ', Limits.Select(limit => limit.Default))}', or one of these by its own name. "
                    + "Nothing was set for it.",
                Name
            );
    }
}
