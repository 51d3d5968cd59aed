using PSSysVIpc.Status;

namespace PSSysVIpc;

/// <summary>
/// What an <see cref="IpcObject"/> of every kind is made from. Of tens of thousands most have the same rights, origin
/// and explanation: they share them.
/// </summary>
internal readonly record struct CommonValues
{
    internal required int Id { get; init; }
    internal required uint Key { get; init; }
    internal required Rights Rights { get; init; }
    internal required DateTime ChangeTime { get; init; }
    internal required DateTime LastUsedTime { get; init; }
    internal required Explanation Why { get; init; }
    internal required Origin Origin { get; init; }
}

/// <summary>Whose objects are, and who may use them.</summary>
internal sealed record Rights
{
    internal required string Owner { get; init; }
    internal required uint OwnerId { get; init; }
    internal required string Group { get; init; }
    internal required uint GroupId { get; init; }
    internal required string Creator { get; init; }
    internal required uint CreatorId { get; init; }
    internal required string CreatorGroup { get; init; }
    internal required uint CreatorGroupId { get; init; }
    internal required string Mode { get; init; }
    internal required string Permissions { get; init; }
}

/// <summary>Where objects were read.</summary>
/// <param name="NamespaceId">The IPC namespace.</param>
/// <param name="BootId">The boot of the machine.</param>
internal sealed record Origin(ulong NamespaceId, Guid BootId);
