namespace PSSysVIpc.Processes;

/// <summary>
/// That a process has a capability by which it can take other identities or do without (CAP_SETUID, CAP_SETGID,
/// CAP_IPC_OWNER or CAP_SYS_ADMIN), and how far that goes: everywhere below the user namespace that it has it in, and
/// elsewhere as far as that namespace has ids (user_namespaces(7)).
/// </summary>
/// <param name="UserNamespaceId">The inode of its user namespace; null where that can't be read.</param>
/// <param name="Users">The users there are in it.</param>
/// <param name="Groups">The groups there are in it.</param>
internal sealed record IdentityPowers(ulong? UserNamespaceId, IdRanges Users, IdRanges Groups)
{
    /// <summary>Those of which it is not known how far they go.</summary>
    internal static IdentityPowers Unlimited { get; } = new(null, IdRanges.All, IdRanges.All);

    /// <summary>
    /// Whether they count for an IPC namespace: whoever has them there may open all of it (ns_capable in
    /// kernel/capability.c).
    /// </summary>
    /// <param name="owners">The user namespaces that count there; null where that can't be told.</param>
    internal bool CountIn(IReadOnlySet<ulong>? owners) =>
        owners is null || UserNamespaceId is not { } id || owners.Contains(id);

    /// <summary>What they are when two looks at the process, or none in one of them, are taken together.</summary>
    internal static IdentityPowers? Join(IdentityPowers? now, IdentityPowers? before) =>
        before is null || now == before ? now
        : now is null ? before
        : Unlimited;
}
