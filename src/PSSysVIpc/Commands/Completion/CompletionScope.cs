using System.Collections;
using PSSysVIpc.Accounts;
using PSSysVIpc.Ipc;
using PSSysVIpc.Kinds;

namespace PSSysVIpc.Commands;

/// <summary>
/// The objects that the other parameters leave, for completion, and what they are. A parameter whose value isn't known
/// before the line runs, or isn't good, narrows nothing; nor do statuses when there is no time to find one.
/// </summary>
internal sealed class CompletionScope : IDisposable
{
    // As many as a menu shows.
    private const int MaximumJudged = 50;

    // A name that no account has takes longest to look up. Beyond this, owners are shown as numbers.
    private const int MaximumNames = 1000;

    private static readonly TimeSpan s_judgingTime = TimeSpan.FromMilliseconds(500);

    // Somebody is typing: a directory server that doesn't answer must not hold the prompt.
    private static readonly TimeSpan s_lookupTime = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _deadline = new(s_judgingTime);
    private readonly IpcKind _kind;
    private readonly Inspector _inspector;
    private readonly IpcSelection _selection;
    private readonly string[]? _statuses;
    private readonly Dictionary<int, string?> _judged = [];
    private readonly Dictionary<uint, string> _owners = [];

    /// <param name="kind">The kind of objects.</param>
    /// <param name="parameterName">The parameter that is completed, which doesn't narrow itself.</param>
    /// <param name="bound">The parameters that are known.</param>
    internal CompletionScope(IpcKind kind, string parameterName, IDictionary bound)
    {
        _kind = kind;
        _inspector = new Inspector(
            kind.Kernel,
            _deadline.Token,
            new AccountNames(each: s_lookupTime, inAll: s_lookupTime)
        );
        var ids = Read("Id", WholeNumber.ReadId);
        var keys = Read("Key", IpcKey.Read);
        var owners = Read("Owner", ReadOwner);
        _statuses = Read("Status", value => $"{value}");
        _selection = new IpcSelection(kind.Noun, ids, keys, owners);
        IsNarrowed = ids is not null || keys is not null || owners is not null || _statuses is not null;

        T[]? Read<T>(string name, Func<object?, T> read) =>
            name.Equals(parameterName, StringComparison.OrdinalIgnoreCase) ? null : TryRead(bound[name], read);
    }

    internal string Noun => _kind.Noun;

    /// <summary>Whether another parameter says which objects are meant.</summary>
    internal bool IsNarrowed { get; }

    /// <summary>The objects, by rising id.</summary>
    /// <param name="isWanted">Whether one fits what was typed: asked first, as it costs least.</param>
    internal IEnumerable<IpcRow> Select(Predicate<IpcRow> isWanted)
    {
        var rows = _selection.Narrow(_kind.Read().FindAll(isWanted), _inspector.Names, []);
        if (_statuses is null)
            return rows;
        var judged = rows.FindAll(row => Judge(row) is not null);
        return judged.Count == 0
            ? rows
            : judged.Where(row => _statuses.Contains(Judge(row), StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Its owner's name, or number.</summary>
    internal string Owner(IpcRow row)
    {
        if (!_owners.TryGetValue(row.OwnerId, out var owner))
        {
            owner =
                _owners.Count < MaximumNames ? _inspector.Names.User(row.OwnerId) : AccountNames.Number(row.OwnerId);
            _owners.Add(row.OwnerId, owner);
        }

        return owner;
    }

    /// <summary>Its owner, what it holds and, of as many as a menu shows, its status.</summary>
    internal string Describe(IpcRow row)
    {
        var status = _judged.ContainsKey(row.Id) || _judged.Count < MaximumJudged ? Judge(row) : null;
        return $"{Owner(row)}, {_kind.Extent(row)}" + (status is null ? "" : $", {status}");
    }

    public void Dispose() => _deadline.Dispose();

    // Null when there is no time left, or the object is gone.
    private string? Judge(IpcRow row)
    {
        if (_judged.TryGetValue(row.Id, out var known))
            return known;
        if (_deadline.IsCancellationRequested)
            return null;
        try
        {
            return _judged[row.Id] = _kind.ReadFacts(row, Inspector.MaximumAge) is { } facts
                ? _inspector.Judge(facts).Status
                : null;
        }
        catch (Exception e) when (e is IpcException or OperationCanceledException)
        {
            return _judged[row.Id] = null;
        }
    }

    private static T[]? TryRead<T>(object? value, Func<object?, T> read)
    {
        value = WholeNumber.Unwrap(value);
        if (value is null)
            return null;
        try
        {
            return value is IEnumerable list and not string ? [.. list.Cast<object?>().Select(read)] : [read(value)];
        }
        catch (Exception e) when (e is FormatException or IpcException)
        {
            return null;
        }
    }

    private static string ReadOwner(object? value)
    {
        var text = $"{value}";
        // Says whether it is a pattern.
        _ = new OwnerFilter(text);
        return text;
    }
}
