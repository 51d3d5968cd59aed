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

    /// <summary>Leaves those that were asked for.</summary>
    /// <param name="rows">All objects, by rising id.</param>
    /// <param name="names">Where owners' names are looked up.</param>
    /// <param name="errors">Receives an error for each literal that isn't there.</param>
    /// <returns>The same list.</returns>
    internal List<IpcRow> Narrow(List<IpcRow> rows, AccountNames names, ICollection<IpcException> errors)
    {
        if (_ids is not null)
            CheckIds(rows, _ids, errors);
        if (_keys is not null)
            CheckKeys(rows, _keys, errors);
        var owners = _owners is null ? null : FindOwners(rows, _owners, names, errors);
        rows.RemoveAll(row =>
            _ids?.Contains(row.Id) == false
            || _keys?.Contains(row.Key) == false
            || owners?.Contains(row.OwnerId) == false
        );
        return rows;
    }

    private void CheckIds(List<IpcRow> rows, HashSet<int> ids, ICollection<IpcException> errors)
    {
        foreach (var id in ids.Except(rows.Select(row => row.Id)).Order())
            errors.Add(Missing.Id(noun, id));
    }

    private void CheckKeys(List<IpcRow> rows, HashSet<uint> keys, ICollection<IpcException> errors)
    {
        foreach (var key in keys.Except(rows.Select(row => row.Key)).Order())
            errors.Add(Missing.Key(noun, key));
    }

    // Of tens of thousands of objects most have one of a few owners: each is compared once.
    private static HashSet<uint> FindOwners(
        List<IpcRow> rows,
        OwnerFilter[] filters,
        AccountNames names,
        ICollection<IpcException> errors
    )
    {
        HashSet<uint> owners = [.. rows.Select(row => row.OwnerId)];
        var matching = new HashSet<uint>();
        foreach (var filter in filters)
        {
            var found = owners.Where(owner => filter.Matches(owner, names)).ToList();
            matching.UnionWith(found);
            if (found.Count == 0 && filter.CheckUnmatched(names) is { } error)
                errors.Add(error);
        }

        return matching;
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
