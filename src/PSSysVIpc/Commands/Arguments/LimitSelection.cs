using System.Management.Automation;
using PSSysVIpc.Ipc;

namespace PSSysVIpc.Commands;

/// <summary>
/// Which limits are asked for. Names and resources narrow each other; a literal name that no limit has is an error
/// each.
/// </summary>
internal sealed class LimitSelection
{
    private readonly HashSet<LimitDefinition> _named = [];

    /// <param name="names">Names and patterns, in any case; null for all.</param>
    /// <exception cref="IpcBadInputException">One is no pattern.</exception>
    internal LimitSelection(string[]? names)
    {
        if (names is null)
            _named.UnionWith(LimitTable.All);
        foreach (var name in names?.Distinct(StringComparer.OrdinalIgnoreCase) ?? [])
            Add(name);
    }

    /// <summary>The errors for names that no limit has.</summary>
    internal List<IpcException> Errors { get; } = [];

    /// <summary>Each limit once, in the order of the table.</summary>
    /// <param name="resources">Only those of these resources; null for all.</param>
    internal IEnumerable<LimitDefinition> Limits(string[]? resources) =>
        LimitTable.All.Where(limit =>
            _named.Contains(limit) && resources?.Contains(limit.Resource, StringComparer.OrdinalIgnoreCase) != false
        );

    /// <summary>The limit of a name without wildcards; null when there is none.</summary>
    internal static LimitDefinition? Find(string name) =>
        Array.Find(LimitTable.All, limit => limit.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The sysctl of limits of a name, in either spelling: kernel.sem, kernel/sem.</summary>
    internal static string? FindSysctl(string name) =>
        Array.Find(
            LimitTable.Sysctls,
            sysctl => sysctl.Equals(name.Replace('/', '.'), StringComparison.OrdinalIgnoreCase)
        );

    internal static IpcNotFoundException Unknown(string name) =>
        new(
            $"There is no limit {WholeNumber.Show(name)}. The limits are {AllNames}, or those of a sysctl "
                + "(kernel.sem).",
            name
        );

    private void Add(string name)
    {
        if (ToPattern(name) is { } pattern)
            _named.UnionWith(
                LimitTable.All.Where(limit =>
                    pattern.IsMatch(limit.Name) || (limit.Sysctl is { } sysctl && pattern.IsMatch(sysctl))
                )
            );
        else if (LimitTarget.Find(name) is { } target)
            _named.UnionWith(target.Limits);
        else
            Errors.Add(Unknown(name));
    }

    private static string AllNames => string.Join(", ", LimitTable.All.Select(limit => limit.Name));

    private static WildcardPattern? ToPattern(string name)
    {
        try
        {
            return Wildcards.Read(name, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
        }
        catch (WildcardPatternException)
        {
            throw new IpcBadInputException($"'{name}' is no limit and no pattern. The limits are {AllNames}.", name);
        }
    }
}
