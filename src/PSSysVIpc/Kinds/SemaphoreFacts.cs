using PSSysVIpc.Ipc;
using PSSysVIpc.Native;

namespace PSSysVIpc.Kinds;

/// <summary>What the kernel says of a set as a whole.</summary>
/// <param name="Head">What objects of every kind have.</param>
/// <param name="Count">How many semaphores the set has.</param>
/// <param name="OperationTime">When it was last operated on, in seconds since the epoch; 0 for never.</param>
internal sealed record SemaphoreRow(IpcHead Head, int Count, long OperationTime) : IpcRow(Head)
{
    internal override ulong Size => (ulong)Count;
}

/// <summary>One semaphore of a set, as the kernel tells it at one moment.</summary>
internal readonly record struct SemaphoreState(
    int Value,
    int LastProcessId,
    int WaitingForIncrease,
    int WaitingForZero
);

/// <summary>Everything the kernel says of one set.</summary>
/// <param name="Row">The set as a whole.</param>
/// <param name="States">Its semaphores in the order of their numbers; null where we have no right to read them.</param>
internal sealed record SemaphoreFacts(IpcRow Row, SemaphoreState[]? States) : IpcFacts(Row)
{
    private static readonly ProcessRole s_lastOperator = new("last operator", IsUse: true);

    internal SemaphoreRow Set => (SemaphoreRow)Row;

    internal override string Noun => "set";

    internal override IpcCalls Calls => IpcCalls.Semaphore;

    internal override long LastUse => Set.OperationTime;

    internal override bool IsReadable => States is not null;

    internal override int? WaitingCount => CountWaiting(States ?? []);

    internal override RecordedProcess[] RecordedProcesses =>
        States switch
        {
            null or [{ LastProcessId: 0 }] => [],
            [var only] => [LastOperator(only.LastProcessId)],
            _ => [.. States.Select(state => state.LastProcessId).Where(id => id != 0).Distinct().Select(LastOperator)],
        };

    internal override bool IsUsedFromElsewhere =>
        LastUse != 0 && !Array.Exists(States ?? [], state => state.LastProcessId != 0);

    // Untouched, that is: a semaphore is made with the value 0 (newary in ipc/sem.c).
    internal override bool IsOfOneMoment =>
        States is not null && !States.AsSpan().ContainsAnyExcept(default(SemaphoreState));

    internal override string Unusedness => "nobody has operated on it";

    // SETVAL and SETALL count, and move the time of the last change only.
    private RecordedProcess LastOperator(int id) => new(id, s_lastOperator, LastTouch);

    public bool Equals(SemaphoreFacts? other) =>
        other is not null
        && Row == other.Row
        && (
            States is null
                ? other.States is null
                : other.States is not null && States.AsSpan().SequenceEqual(other.States)
        );

    public override int GetHashCode() => Row.GetHashCode();

    private static int CountWaiting(SemaphoreState[] states)
    {
        var waiting = 0;
        foreach (var state in states)
            waiting += state.WaitingForIncrease + state.WaitingForZero;
        return waiting;
    }
}
