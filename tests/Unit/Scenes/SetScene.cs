using PSSysVIpc.Ipc;
using PSSysVIpc.Kinds;

namespace PSSysVIpc.Tests.Scenes;

/// <summary>
/// What the kernel says of a set that never was: one that nobody uses, made and used long ago, unless told.
/// </summary>
internal sealed record SetScene : IFactsScene
{
    private IpcHead _head = Scene.Head;

    private long _operationTime;

    private SemaphoreState[]? _states = [];

    IpcFacts IFactsScene.Facts => Facts;

    internal SemaphoreFacts Facts =>
        new(new SemaphoreRow(_head, Math.Max(1, _states?.Length ?? 1), _operationTime), _states);

    internal SetScene OwnedBy(uint user) => this with { _head = _head with { OwnerId = user, CreatorId = user } };

    internal SetScene CreatedBy(uint user, uint group) =>
        this with
        {
            _head = _head with { CreatorId = user, CreatorGroupId = group },
        };

    internal SetScene InGroup(uint group) =>
        this with
        {
            _head = _head with { GroupId = group, CreatorGroupId = group },
        };

    /// <summary>Permission bits as octal digits: <c>"0660"</c>.</summary>
    internal SetScene WithMode(string mode) => this with { _head = _head with { Mode = Convert.ToInt32(mode, 8) } };

    internal SetScene WithKey(uint key = 0x5eed) => this with { _head = _head with { Key = key } };

    internal SetScene Changed(int secondsAgo) =>
        this with
        {
            _head = _head with { ChangeTime = Scene.Now - secondsAgo },
        };

    internal SetScene Used(int secondsAgo) => this with { _operationTime = Scene.Now - secondsAgo };

    /// <summary>A semaphore each, used as long ago as the set was changed unless told.</summary>
    internal SetScene LastUsedBy(params int[] processes) =>
        this with
        {
            _operationTime = Math.Max(_operationTime, _head.ChangeTime),
            _states = Array.ConvertAll(processes, id => new SemaphoreState(1, id, 0, 0)),
        };

    internal SetScene WaitedOnBy(int threads) => this with { _states = [new SemaphoreState(0, 0, threads, 0)] };

    /// <summary>The caller has no right to read it.</summary>
    internal SetScene Unreadable() => this with { _states = null };
}
