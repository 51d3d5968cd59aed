using PSSysVIpc.Ipc;
using PSSysVIpc.Status;

namespace PSSysVIpc.Tests.Scenes;

/// <summary>
/// Sets, processes and machines that never were, and how they are judged: <c>Judge(Set().LastUsedBy(4711),
/// Host().With(Process(4711)))</c>. It takes no right, no namespace and no time.
/// </summary>
internal static class Scene
{
    /// <summary>The owner and creator of a set unless told. No account of any machine has these ids.</summary>
    internal const uint Owner = 1_900_000_001;

    internal const uint OwnersGroup = 1_900_000_002;

    /// <summary>Whoever has nothing to do with the set.</summary>
    internal const uint Stranger = 1_900_000_009;

    internal const int CallerId = 99;
    internal const ulong NamespaceId = 4026531839;
    internal const ulong UserNamespaceId = 4026531837;
    internal const long Now = 1_900_000_000;
    internal const long BootTime = Now - 1_000_000;

    /// <summary>In seconds. Before that long a keyed object's program may come back to it.</summary>
    internal const int Day = 86_400;

    internal static TimeProvider Time { get; } = new FixedTime();

    /// <summary>Of an object without a key that its owner made long ago.</summary>
    internal static IpcHead Head { get; } =
        new(
            Id: 7,
            Key: 0,
            Mode: 0x180,
            OwnerId: Owner,
            GroupId: OwnersGroup,
            CreatorId: Owner,
            CreatorGroupId: OwnersGroup,
            ChangeTime: Now - 3_600
        );

    internal static SetScene Set() => new();

    internal static ProcessScene Process(int id) => new(id);

    internal static HostScene Host(params ProcessScene[] processes) => new HostScene().With(processes);

    internal static SegmentScene Segment() => new();

    internal static QueueScene Queue() => new();

    internal static Verdict Judge(IFactsScene scene, HostScene host) =>
        new StatusJudge(host.Snapshot).Judge(scene.Facts);

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(Now);
    }
}
