using PSSysVIpc.Accounts;

namespace PSSysVIpc.Processes;

/// <summary>
/// The picture of the host that objects are judged by: its processes from one pass or several, from where they are
/// seen, and what is known of the clock.
/// </summary>
internal sealed record HostSnapshot
{
    internal required ProcessTable Processes { get; init; }

    internal required Viewpoint Viewpoint { get; init; }

    internal required ClockSteps Clock { get; init; }

    /// <summary>The IPC namespace of the objects. Processes outside it can't reach them.</summary>
    internal required ulong NamespaceId { get; init; }

    /// <summary>
    /// The user namespaces in which a capability counts for the objects; null where that can't be told, and every one
    /// counts.
    /// </summary>
    internal required IReadOnlySet<ulong>? Owners { get; init; }

    internal required AccountNames Names { get; init; }

    internal required ILateLooks Looks { get; init; }

    /// <summary>Whether those that have an object mapped are to be named. To find them takes a look at all.</summary>
    internal bool NamesAttached { get; init; }

    /// <summary>What tells the time: an object may be read, and used, after the processes were.</summary>
    internal TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>In seconds since the epoch.</summary>
    internal double Now => Time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;

    /// <summary>
    /// A process of the table. Null where /proc speaks of another PID namespace: its numbers aren't ours.
    /// </summary>
    internal ProcessRecord? Find(int id) => Viewpoint.IsProcOurs ? Processes.Find(id) : null;
}
