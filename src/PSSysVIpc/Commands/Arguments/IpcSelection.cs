using PSSysVIpc.Accounts;
using PSSysVIpc.Ipc;
using PSSysVIpc.Status;

namespace PSSysVIpc.Commands;

/// <summary>
/// The selection rules of every Get cmdlet, on table rows. Filters narrow each other; what was named literally and
/// isn't there is an error each, and the rest still comes out.
/// </summary>
internal sealed class IpcSelection(string noun, int[]? ids, uint[]? keys, string[]? owners)
{
    private readonly HashSet<int>? _ids = ids is null ? null : [.. ids];
    private readonly HashSet<uint>? _keys = keys is null ? null : [.. keys];
    private readonly OwnerFilter[]? _owners = owners is null
        ? null
        : Array.ConvertAll(owners, owner => new OwnerFilter(owner));

    /// <param name="table">All objects, by rising id.</param>
    /// <param name="names">Where owners' names are looked up.</param>
    /// <param name="errors">Receives an error for each literal that isn't there.</param>
    /// <returns>The objects asked for, by rising id.</returns>
    internal List<IpcRow> Select(IEnumerable<IpcRow> table, AccountNames names, ICollection<IpcException> errors)
    {
        var missingIds = new SortedSet<int>(_ids ?? []);
        var missingKeys = new SortedSet<uint>(_keys ?? []);
        var unmatchedOwners = new List<OwnerFilter>(_owners ?? []);
        var selected = new List<IpcRow>();
        foreach (var row in table)
        {
            missingIds.Remove(row.Id);
            missingKeys.Remove(row.Key);
            unmatchedOwners.RemoveAll(owner => owner.Matches(row.OwnerId, names));
            if (
                _ids?.Contains(row.Id) != false
                && _keys?.Contains(row.Key) != false
                && (_owners is null || Array.Exists(_owners, owner => owner.Matches(row.OwnerId, names)))
            )
            {
                selected.Add(row);
            }
        }

        foreach (var id in missingIds)
            errors.Add(Missing.Id(noun, id));
        foreach (var key in missingKeys)
            errors.Add(Missing.Key(noun, key));
        foreach (var owner in unmatchedOwners)
        {
            if (owner.CheckUnmatched(names) is { } error)
                errors.Add(error);
        }

        return selected;
    }
}

/// <summary>The errors for objects that aren't there.</summary>
internal static class Missing
{
    internal static IpcNotFoundException Id(string noun, int id) =>
        new($"There is no {noun} with the id {id} in this IPC namespace.", id);

    internal static IpcNotFoundException Key(string noun, uint key) =>
        new($"There is no {noun} with the key {Wording.Key(key)} in this IPC namespace.", key);
}
