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

    /// <summary>
    /// How many threads wait on it now; 0 where that can't be read, null where the kernel doesn't count them.
    /// </summary>
    internal abstract int? WaitingCount { get; }

    /// <summary>How many times it is mapped into a process now; 0 for what can't be.</summary>
    internal virtual long AttachCount => 0;

    /// <summary>Whether it was removed already, and goes when it is mapped no more.</summary>
    internal virtual bool IsMarkedForRemoval => false;

    /// <summary>What the user types to find out in whose it is.</summary>
    internal virtual string WhereAttachedAreTold => "";

    /// <summary>What becomes of it when it is mapped no more, if anything does.</summary>
    internal virtual string? AttachedFate => null;

    /// <summary>
    /// What follows where it is removed while it is mapped: "it stays …"; null where it was removed already.
    /// </summary>
    internal virtual string? ForcedRemoval => null;

    /// <summary>
    /// The processes that the kernel has noted with it, each once in each role; none where that can't be read.
    /// </summary>
    internal abstract RecordedProcess[] RecordedProcesses { get; }

    /// <summary>
    /// Whether it was used by processes that have no number here, as their PID namespace is another.
    /// </summary>
    internal abstract bool IsUsedFromElsewhere { get; }

    /// <summary>
    /// Whether all of this is of one moment: of its row, or of what shows that nobody ever used it. Else it was put
    /// together from calls between which it can have been used.
    /// </summary>
    internal abstract bool IsOfOneMoment { get; }

    /// <summary>What reasons say of one that isn't used at present: "nobody waits on it".</summary>
    internal virtual string Idleness => "nobody waits on it";

    /// <summary>What they say of one with which no process is noted: "nobody has operated on it".</summary>
    internal abstract string Unusedness { get; }

    /// <summary>
    /// What of its content speaks against calling it left behind, and what the user can do about that; null for
    /// nothing.
    /// </summary>
    internal virtual (string Text, string Remedy)? Doubt => null;

    /// <summary>When it was last used or changed, whichever is later.</summary>
    internal long LastTouch => Math.Max(LastUse, Row.ChangeTime);

    /// <summary>Whether that was a use.</summary>
    internal bool IsLastTouchUse => LastUse >= Row.ChangeTime;
}
