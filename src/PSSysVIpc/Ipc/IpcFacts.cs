using PSSysVIpc.Native;

namespace PSSysVIpc.Ipc;

/// <summary>
/// Everything the kernel says of one object at one moment, of whatever kind: what its status is decided from. Two of
/// them are equal when nothing was changed, used or waited for in between.
/// </summary>
/// <param name="Row">The object as a whole.</param>
internal abstract record IpcFacts(IpcRow Row)
{
    /// <summary>What reasons call it: "set".</summary>
    internal abstract string Noun { get; }

    /// <summary>The calls that users of such an object make.</summary>
    internal abstract IpcCalls Calls { get; }

    /// <summary>When it was last operated on, in seconds since the epoch; 0 for never.</summary>
    internal abstract long LastUse { get; }

    /// <summary>False where we have no right to see who waits on it and who used it last.</summary>
    internal abstract bool IsReadable { get; }

    /// <summary>How many threads wait on it now; 0 where that can't be read.</summary>
    internal abstract int WaitingCount { get; }

    /// <summary>The processes that operated on it last, each once; none where that can't be read.</summary>
    internal abstract int[] LastProcessIds { get; }

    /// <summary>
    /// Whether it is as it was made: nothing in it shows that anybody ever used it, or waits. False where that can't be
    /// read.
    /// </summary>
    internal abstract bool IsUntouched { get; }

    /// <summary>When it was last used or changed, whichever is later.</summary>
    internal long LastTouch => Math.Max(LastUse, Row.ChangeTime);

    /// <summary>Whether that was a use.</summary>
    internal bool IsLastTouchUse => LastUse >= Row.ChangeTime;
}
