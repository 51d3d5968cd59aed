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
    private RemovalEffect _effect;
    private int _removed;
    private int _removedBefore;
    private int _promised;
    private int _declined;
    private int _changed;
    private int _failed;

    internal void CountRemoved(IpcObject removed)
    {
        _removed++;
        _effect += removed.Effect;
    }

    /// <summary>One that was removed already, and stays only for those who have it still.</summary>
    internal void CountRemovedBefore() => _removedBefore++;

    /// <summary>What the removals did beside that; null for nothing.</summary>
    internal string? Warning
    {
        get
        {
            var (kept, freedKeys, messages, bytes) = _effect;
            if (kept > 0)
                return DescribeKept(kept, freedKeys);
            if (messages == 0)
                return null;
            var size = Wording.Count(bytes, "byte");
            return $"{Wording.Count(messages, "unread message")} ({size}) went with what was removed.";
        }
    }

    private string DescribeKept(long kept, long freedKeys)
    {
        var (are, each, keys) = kept == 1 ? ("is", "it", "Its key is") : ("are", "each", "Their keys are");
        var free =
            freedKeys > 0 ? $" {keys} free already: stop who is attached before a server starts that goes by it." : "";
        return $"{Wording.Count(kept, noun)} {are} only marked for removal: {each} goes when the last process detaches."
            + free;
    }

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
            .. One(_removedBefore, "removed already"),
        ];
        var left = _left.Values.Sum() + _changed + _declined + _removedBefore;
        string[] parts =
        [
            isWhatIf ? $"{_promised} would be removed"
            : _effect.Kept > 0 ? $"{_removed} removed ({_effect.Kept} only marked for removal)"
            : $"{_removed} removed",
            $"{left} left alone{(reasons.Length > 0 ? $" ({string.Join(", ", reasons)})" : "")}",
            $"{_failed} failed",
        ];
        return $"{Wording.Capital(noun)}s: {string.Join(", ", parts)}.";

        static string[] One(int count, string what) => count > 0 ? [$"{count} {what}"] : [];
    }
}
