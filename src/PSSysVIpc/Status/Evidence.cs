using PSSysVIpc.Ipc;
using PSSysVIpc.Native;

namespace PSSysVIpc.Status;

/// <summary>The facts about one object, of whatever kind, that its status is decided from.</summary>
internal sealed record Evidence
{
    internal required IpcRow Row { get; init; }

    /// <summary>What reasons call it: "set".</summary>
    internal required string Noun { get; init; }

    /// <summary>When it was last operated on, in seconds since the epoch; 0 for never.</summary>
    internal required long LastUse { get; init; }

    /// <summary>The calls that users of such an object make.</summary>
    internal required IpcCalls Calls { get; init; }

    /// <summary>False where we have no right to see its waiters and operators.</summary>
    internal required bool IsReadable { get; init; }

    /// <summary>How many processes wait on it now.</summary>
    internal int WaitingCount { get; init; }

    /// <summary>The processes that operated on it last, each once.</summary>
    internal int[] OperatorIds { get; init; } = [];

    /// <summary>When it was last used or changed, whichever is later.</summary>
    internal long LastTouch => Math.Max(LastUse, Row.ChangeTime);
}
