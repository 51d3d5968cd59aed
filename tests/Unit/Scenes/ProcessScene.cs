using System.Text;
using PSSysVIpc.Native;
using PSSysVIpc.Processes;

namespace PSSysVIpc.Tests.Scenes;

/// <summary>
/// A process that never was: a daemon of a user with no other groups, as old as the sets, that makes no IPC calls,
/// unless told.
/// </summary>
internal sealed record ProcessScene
{
    private const int LongAgo = 4_000;

    private ProcessRecord _record;

    internal ProcessScene(int id) =>
        _record = new ProcessRecord
        {
            Id = id,
            Name = $"p{id}",
            ParentId = 1,
            SessionId = id,
            StartTime = Scene.Now - LongAgo,
            IsAlive = true,
            IsExamined = true,
            UserId = Scene.Stranger,
            UserIds = [Scene.Stranger],
            GroupIds = [Scene.Stranger],
            Powers = null,
            IpcNamespaceIds = [Scene.NamespaceId],
        };

    internal ProcessScene(ProcessRecord record) => _record = record;

    internal ProcessRecord Record => _record;

    /// <summary>What it can call, as far as it is looked up; null where it has ended before that.</summary>
    internal IpcCalls? Calls { get; private init; } = IpcCalls.None;

    internal ProcessScene As(uint user) => this with { _record = _record with { UserId = user, UserIds = [user] } };

    internal ProcessScene InGroup(uint group) =>
        this with
        {
            _record = _record with { GroupIds = [.. _record.GroupIds, group] },
        };

    internal ProcessScene Started(int secondsAgo) =>
        this with
        {
            _record = _record with { StartTime = Scene.Now - secondsAgo },
        };

    internal ProcessScene ChildOf(int parent) =>
        this with
        {
            _record = _record with { ParentId = parent, SessionId = parent },
        };

    /// <summary>It may become every user, and open every object.</summary>
    internal ProcessScene WithRootsRights() => As(0).WithPowersIn(Scene.UserNamespaceId);

    /// <summary>It may take other identities, in a user namespace that has some ids.</summary>
    internal ProcessScene WithPowersIn(ulong? userNamespace, string uidMap = "", string gidMap = "") =>
        this with
        {
            _record = _record with
            {
                Powers = new(
                    userNamespace,
                    IdRanges.Read(Encoding.ASCII.GetBytes(uidMap)),
                    IdRanges.Read(Encoding.ASCII.GetBytes(gidMap))
                ),
            },
        };

    internal ProcessScene Calling(IpcCalls? calls) => this with { Calls = calls };

    /// <summary>It has ended, and its parent has not taken note of that.</summary>
    internal ProcessScene Ended() =>
        this with
        {
            _record = _record with { IsAlive = false, UserIds = [], GroupIds = [] },
        };

    internal ProcessScene InOtherNamespace() =>
        this with
        {
            _record = _record with { IpcNamespaceIds = [Scene.NamespaceId + 1] },
        };

    /// <summary>Its threads could not be read in time: it may be anybody's.</summary>
    internal ProcessScene Unexamined(bool wasTried = true) =>
        this with
        {
            _record = _record with
            {
                IsExamined = false,
                WasTried = wasTried,
                UserIds = [],
                GroupIds = [],
                Powers = IdentityPowers.Unlimited,
                IpcNamespaceIds = null,
            },
        };
}
