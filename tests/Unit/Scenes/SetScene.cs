using PSSysVIpc.Ipc;
using PSSysVIpc.Kinds;

namespace PSSysVIpc.Tests.Scenes;

/// <summary>
/// What the kernel says of a set that never was: one that nobody uses, made and used long ago, unless told.
/// </summary>
internal sealed record SetScene
{
    private const int LongAgo = 3_600;

    private SemaphoreRow _row = new()
    {
        Id = 7,
        Key = 0,
        Mode = 0x180,
        OwnerId = Scene.Owner,
        GroupId = Scene.OwnersGroup,
        CreatorId = Scene.Owner,
        CreatorGroupId = Scene.OwnersGroup,
        ChangeTime = Scene.Now - LongAgo,
        Count = 1,
        OperationTime = 0,
    };

    private SemaphoreState[]? _states = [];

    internal SemaphoreFacts Facts => new(_row with { Count = Math.Max(1, _states?.Length ?? 1) }, _states);

    internal SetScene OwnedBy(uint user) => this with { _row = _row with { OwnerId = user, CreatorId = user } };

    internal SetScene CreatedBy(uint user, uint group) =>
        this with
        {
            _row = _row with { CreatorId = user, CreatorGroupId = group },
        };

    internal SetScene InGroup(uint group) => this with { _row = _row with { GroupId = group, CreatorGroupId = group } };

    /// <summary>Permission bits as octal digits: <c>"0660"</c>.</summary>
    internal SetScene WithMode(string mode) => this with { _row = _row with { Mode = Convert.ToInt32(mode, 8) } };

    internal SetScene WithKey(uint key = 0x5eed) => this with { _row = _row with { Key = key } };

    internal SetScene Changed(int secondsAgo) => this with { _row = _row with { ChangeTime = Scene.Now - secondsAgo } };

    internal SetScene Used(int secondsAgo) => this with { _row = _row with { OperationTime = Scene.Now - secondsAgo } };

    /// <summary>A semaphore each, used as long ago as the set was changed unless told.</summary>
    internal SetScene LastUsedBy(params int[] processes) =>
        this with
        {
            _row = _row with { OperationTime = Math.Max(_row.OperationTime, _row.ChangeTime) },
            _states = Array.ConvertAll(processes, id => new SemaphoreState(1, id, 0, 0)),
        };

    internal SetScene WaitedOnBy(int threads) => this with { _states = [new SemaphoreState(0, 0, threads, 0)] };

    /// <summary>The caller has no right to read it.</summary>
    internal SetScene Unreadable() => this with { _states = null };
}
