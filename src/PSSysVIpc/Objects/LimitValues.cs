namespace PSSysVIpc;

/// <summary>What an <see cref="IpcLimit"/> is made from.</summary>
internal sealed record LimitValues
{
    internal required string Name { get; init; }
    internal required string Resource { get; init; }
    internal required ulong Value { get; init; }
    internal required ulong Minimum { get; init; }
    internal required ulong Maximum { get; init; }
    internal required ulong? Used { get; init; }
    internal required string Unit { get; init; }
    internal required string? Sysctl { get; init; }
    internal required string Description { get; init; }
    internal required bool IsReadOnly { get; init; }
    internal required bool IsUnlimited { get; init; }
    internal required ulong? PersistedValue { get; init; }
    internal required string? PersistedIn { get; init; }
    internal required string? PersistedProblem { get; init; }
    internal required string Status { get; init; }
    internal required ulong NamespaceId { get; init; }
    internal required Guid BootId { get; init; }
}
