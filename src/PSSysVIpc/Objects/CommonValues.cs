namespace PSSysVIpc;

/// <summary>What an <see cref="IpcObject"/> of every kind is made from.</summary>
internal sealed record CommonValues
{
    internal required int Id { get; init; }
    internal required uint Key { get; init; }
    internal required string KeyText { get; init; }
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
    internal required DateTime ChangeTime { get; init; }
    internal required DateTime LastUsedTime { get; init; }
    internal required string Status { get; init; }
    internal required string StatusReason { get; init; }
    internal required ulong NamespaceId { get; init; }
    internal required Guid BootId { get; init; }

    /// <summary>What it holds, for use in a sentence: "1 semaphore".</summary>
    internal required string Extent { get; init; }

    /// <summary>The status and its facts, without what would settle them.</summary>
    internal required string Grounds { get; init; }
}
