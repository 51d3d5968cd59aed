using System.Runtime.CompilerServices;
using PSSysVIpc.Native;

namespace PSSysVIpc.Processes;

/// <summary>One process as it was seen in one pass over /proc.</summary>
internal sealed record ProcessRecord
{
    internal required int Id { get; init; }

    /// <summary>The name the kernel keeps (comm): at most 15 bytes, and whatever the process likes.</summary>
    internal required string Name { get; init; }

    internal required int ParentId { get; init; }

    internal required int SessionId { get; init; }

    /// <summary>In seconds since the epoch; null when the time of boot can't be read.</summary>
    internal required double? StartTime { get; init; }

    /// <summary>Some thread still runs. A process whose main thread has ended shows as a zombie and lives on.</summary>
    internal required bool IsAlive { get; init; }

    /// <summary>The effective user of its main thread, for showing; null where it was not read.</summary>
    internal required uint? UserId { get; init; }

    /// <summary>
    /// False where its threads, or the users and groups they run as, could not all be read in time: then it may run as
    /// anybody, in any group and any IPC namespace.
    /// </summary>
    internal required bool IsExamined { get; init; }

    /// <summary>Every real, effective, saved and filesystem user of every living thread, each once.</summary>
    internal required IReadOnlyCollection<uint> UserIds { get; init; }

    /// <summary>The same for groups, supplementary ones included.</summary>
    internal required IReadOnlyCollection<uint> GroupIds { get; init; }

    /// <summary>False where there was no time left to look at it at all, as others had used it up.</summary>
    internal bool WasTried { get; init; } = true;

    /// <summary>
    /// The IPC namespaces of its threads; null where that of one can't be read. A process whose threads are all in
    /// another one than an object can't reach the object.
    /// </summary>
    internal required IReadOnlyCollection<ulong>? IpcNamespaceIds { get; init; }

    /// <summary>
    /// How far it can take other identities, where a thread runs as root or has a capability for that; null where none
    /// has.
    /// </summary>
    internal required IdentityPowers? Powers { get; init; }

    /// <summary>Whether <see cref="Calls"/> was looked up when the process was read.</summary>
    internal bool HasCalls { get; init; }

    /// <summary>Which IPC calls it can make; null where it had ended before that could be looked up.</summary>
    internal IpcCalls? Calls { get; init; }

    /// <summary>
    /// What this view of a process and an earlier one say together: a thread may have been seen in one of them alone.
    /// </summary>
    internal ProcessRecord Joined(ProcessRecord earlier) =>
        this with
        {
            UserIds = Join(UserIds, earlier.UserIds),
            GroupIds = Join(GroupIds, earlier.GroupIds),
            Powers = IdentityPowers.Join(Powers, earlier.Powers),
            IsExamined = IsExamined && (earlier.IsExamined || !earlier.WasTried),
            IpcNamespaceIds =
                IpcNamespaceIds is { } now && earlier.IpcNamespaceIds is { } before ? Join(now, before) : null,
        };

    // Nearly always they are the same.
    private static IReadOnlyCollection<T> Join<T>(IReadOnlyCollection<T> now, IReadOnlyCollection<T> before) =>
        before.All(now.Contains) ? now : now.Union(before).ToHashSet();

    /// <summary>Two looks at a process are two: what is found of one is kept by it.</summary>
    public bool Equals(ProcessRecord? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

    /// <summary>Every thread is, readably, outside this IPC namespace.</summary>
    internal bool IsOutside(ulong ipcNamespace) => IpcNamespaceIds is { Count: > 0 } ids && !ids.Contains(ipcNamespace);
}
