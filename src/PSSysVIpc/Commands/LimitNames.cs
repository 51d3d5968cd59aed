using PSSysVIpc.Limits;

namespace PSSysVIpc.Commands;

/// <summary>The names of limits as users give them.</summary>
internal static class LimitNames
{
    /// <summary>The limit of a name, in whatever case.</summary>
    /// <exception cref="IpcNotFoundException">There is none.</exception>
    internal static LimitDefinition Find(string name) =>
        Array.Find(LimitTable.All, limit => limit.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new IpcNotFoundException($"There is no limit '{name}'. There are {string.Join(", ", LimitTable.All.Select(limit => limit.Name))}.", name);
}
