using PSSysVIpc.Status;

namespace PSSysVIpc.Commands;

/// <summary>What became of all that one pipeline named.</summary>
/// <param name="noun">What is removed: "semaphore set".</param>
/// <param name="isWhatIf">Whether it only would be.</param>
internal sealed class RemovalTotals(string noun, bool isWhatIf)
{
    // In this order they are told.
    private static readonly string[] s_statuses =
    [
        IpcStatus.InUse,
        IpcStatus.Stale,
        IpcStatus.Unknown,
        IpcStatus.Orphaned,
    ];

    private readonly Dictionary<string, int> _left = [];
    private int _removed;
    private int _promised;
    private int _declined;
    private int _changed;
    private int _failed;

    internal void CountRemoved() => _removed++;

    /// <summary>One that -WhatIf said of that it would be removed.</summary>
    internal void CountPromised() => _promised++;

    /// <summary>One of which a user said that it shall stay.</summary>
    internal void CountDeclined() => _declined++;

    /// <summary>One that was left alone, or couldn't be removed.</summary>
    internal void Count(IpcException error)
    {
        if (error is IpcChangedException)
            _changed++;
        else if (error is IpcInUseException or IpcMayBeInUseException && error.Target is IpcObject left)
            _left[left.Status] = _left.GetValueOrDefault(left.Status) + 1;
        else
            _failed++;
    }

    /// <summary>"Semaphore sets: 12 removed, 3 left alone (2 InUse, 1 Stale), 0 failed."</summary>
    public override string ToString()
    {
        string[] reasons =
        [
            .. s_statuses.Where(_left.ContainsKey).Select(status => $"{_left[status]} {status}"),
            .. One(_changed, "changed since they were read"),
            .. One(_declined, "declined"),
        ];
        var left = _left.Values.Sum() + _changed + _declined;
        string[] parts =
        [
            isWhatIf ? $"{_promised} would be removed" : $"{_removed} removed",
            $"{left} left alone{(reasons.Length > 0 ? $" ({string.Join(", ", reasons)})" : "")}",
            $"{_failed} failed",
        ];
        return $"{Wording.Capital(noun)}s: {string.Join(", ", parts)}.";

        static string[] One(int count, string what) => count > 0 ? [$"{count} {what}"] : [];
    }
}
