using PSSysVIpc.Ipc;
using PSSysVIpc.Native;
using PSSysVIpc.Status;

namespace PSSysVIpc.Kinds;

/// <summary>
/// Everything the kernel says of one object at one moment. Two observations are equal when nothing was changed,
/// used or waited for in between.
/// </summary>
internal abstract record Observation
{
    internal abstract IpcRow Row { get; }

    /// <summary>What the verdict on its use is made from.</summary>
    internal abstract Evidence ToEvidence();
}

/// <param name="Set">The set's row.</param>
/// <param name="States">Its semaphores in the order of their numbers; null where we have no right to read them.</param>
internal sealed record SemaphoreObservation(SemaphoreRow Set, SemaphoreState[]? States) : Observation
{
    internal override IpcRow Row => Set;

    public bool Equals(SemaphoreObservation? other) =>
        other is not null && Set == other.Set
        && (States is null ? other.States is null : other.States is not null && States.AsSpan().SequenceEqual(other.States));

    public override int GetHashCode() => Set.GetHashCode();

    /// <summary>How many processes wait on its semaphores; 0 where that can't be read.</summary>
    internal int WaitingCount
    {
        get
        {
            var waiting = 0;
            foreach (var state in States ?? [])
                waiting += state.WaitingForIncrease + state.WaitingForZero;
            return waiting;
        }
    }

    internal override Evidence ToEvidence() => new()
    {
        Row = Set,
        Noun = "set",
        LastUse = Set.OperationTime,
        Calls = IpcCalls.Semaphore,
        IsReadable = States is not null,
        WaitingCount = WaitingCount,
        OperatorIds = Operators(),
    };

    private int[] Operators() => States switch
    {
        null or [{ LastProcessId: 0 }] => [],
        [var only] => [only.LastProcessId],
        _ => [.. States.Select(state => state.LastProcessId).Where(id => id != 0).Distinct()],
    };
}
