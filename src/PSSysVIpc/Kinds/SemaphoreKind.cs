using PSSysVIpc.Accounts;
using PSSysVIpc.Ipc;
using PSSysVIpc.Native;
using PSSysVIpc.Processes;
using PSSysVIpc.Status;

namespace PSSysVIpc.Kinds;

/// <summary>Semaphore sets.</summary>
internal sealed class SemaphoreKind(IpcKernel kernel) : IpcKind<IpcSemaphoreSet>(kernel)
{
    private readonly SemaphoreCalls _calls = new(kernel);

    internal override string Noun => "semaphore set";

    internal override IEnumerable<IpcRow> ReadTable() => _calls.ReadTable().Values;

    internal override IpcRow? Find(int id, TimeSpan maximumAge) => _calls.Find(id, maximumAge);

    // The row is read again after the semaphores: with the older times of the table, a last process that began since
    // would look younger than its operation. It also is the last look before a removal.
    internal override IpcFacts? ReadFacts(IpcRow row, TimeSpan maximumAge)
    {
        while (row is SemaphoreRow set && _calls.TryReadStates(set, out var states))
        {
            if (states is null)
                return new SemaphoreFacts(set, null);
            var now = _calls.Find(set.Id, maximumAge);
            if (now?.Count == set.Count)
                return new SemaphoreFacts(now, states);
            // Another set under the same id meanwhile.
            if (now is null)
                return null;
            row = now;
        }

        return null;
    }

    internal override void Remove(int id, string subject, object target) => _calls.Remove(id, subject, target);

    internal override IpcSemaphoreSet Describe(IpcFacts facts, Verdict verdict, AccountNames names)
    {
        var (set, states) = (SemaphoreFacts)facts;
        return new(
            Common(facts, verdict, names),
            new()
            {
                SemaphoreCount = set.Count,
                LastOperationTime = set.OperationTime == 0 ? null : ToLocalTime(set.OperationTime),
                LastProcesses = new(Array.ConvertAll(verdict.LastProcesses, ToProcess)),
                WaitingCount = states is null ? null : facts.WaitingCount,
                WaitingProcesses = states is null ? null : new([.. verdict.Waiters.Processes.Select(ToWaiter)]),
                Semaphores = states is null ? null : new(ToSemaphores(set.Id, states)),
            }
        );
    }

    // There can be tens of thousands: no queries.
    private static IpcSemaphore[] ToSemaphores(int setId, SemaphoreState[] states)
    {
        var semaphores = new IpcSemaphore[states.Length];
        for (var index = 0; index < states.Length; index++)
        {
            var (value, last, increase, zero) = states[index];
            semaphores[index] = new(setId, index, value, increase, zero, last == 0 ? null : last);
        }

        return semaphores;
    }

    private static IpcProcess ToWaiter(ProcessRecord process) => new(process.Id, process.Name, isAlive: true);

    private static IpcProcess ToProcess(LastProcess last) =>
        new(last.Id, last.IsAlive ? last.Process?.Name : null, last.IsAlive);
}

/// <summary>Everything the kernel says of one set.</summary>
/// <param name="Set">The set's row.</param>
/// <param name="States">Its semaphores in the order of their numbers; null where we have no right to read them.</param>
internal sealed record SemaphoreFacts(SemaphoreRow Set, SemaphoreState[]? States) : IpcFacts
{
    internal override IpcRow Row => Set;

    internal override string Noun => "set";

    internal override IpcCalls Calls => IpcCalls.Semaphore;

    internal override long LastUse => Set.OperationTime;

    internal override bool IsReadable => States is not null;

    internal override int WaitingCount => CountWaiting(States ?? []);

    internal override int[] LastProcessIds =>
        States switch
        {
            null or [{ LastProcessId: 0 }] => [],
            [var only] => [only.LastProcessId],
            _ => [.. States.Select(state => state.LastProcessId).Where(id => id != 0).Distinct()],
        };

    public bool Equals(SemaphoreFacts? other) =>
        other is not null
        && Set == other.Set
        && (
            States is null
                ? other.States is null
                : other.States is not null && States.AsSpan().SequenceEqual(other.States)
        );

    public override int GetHashCode() => Set.GetHashCode();

    private static int CountWaiting(SemaphoreState[] states)
    {
        var waiting = 0;
        foreach (var state in states)
            waiting += state.WaitingForIncrease + state.WaitingForZero;
        return waiting;
    }
}
