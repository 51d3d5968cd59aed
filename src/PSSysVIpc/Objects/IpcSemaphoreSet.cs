using PSSysVIpc.Accounts;
using PSSysVIpc.Kernel;
using PSSysVIpc.Status;

namespace PSSysVIpc;

/// <summary>A System V semaphore set as it was when it was read.</summary>
public sealed class IpcSemaphoreSet : IpcObject
{
    internal IpcSemaphoreSet(SemaphoreObservation observation, Verdict verdict, IpcKernel kernel, AccountNames names)
        : base(observation.Set, verdict, kernel, names)
    {
        Count = observation.Set.Count;
        LastOperationTime = observation.Set.OperationTime == 0 ? null : ToLocalTime(observation.Set.OperationTime);
        LastProcess = new(Array.ConvertAll(verdict.Operators, ToProcess));
        if (observation.States is not { } states)
            return;
        var semaphores = new IpcSemaphore[states.Length];
        for (var index = 0; index < states.Length; index++)
        {
            var state = states[index];
            semaphores[index] = new(index, state.Value, state.WaitingForIncrease, state.WaitingForZero,
                state.LastProcessId == 0 ? null : state.LastProcessId);
        }

        WaitingCount = observation.WaitingCount;
        Semaphores = new(semaphores);
    }

    /// <summary>How many semaphores the set has.</summary>
    public int Count { get; }

    /// <summary>When a process last operated on it (semop), in local time and whole seconds; null for never.</summary>
    public DateTime? LastOperationTime { get; }

    /// <summary>How many processes wait on it; null where that can't be read.</summary>
    public int? WaitingCount { get; }

    /// <summary>The processes that last operated on its semaphores, each once; empty where there are none or they can't be read.</summary>
    public IpcList<IpcProcess> LastProcess { get; }

    /// <summary>The single semaphores; null where they can't be read.</summary>
    public IpcList<IpcSemaphore>? Semaphores { get; }

    /// <summary>A short name of the set, such as <c>semaphore set 5 (key 0x00000000, owner www-data, Orphaned)</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"semaphore set {Id} (key {Wording.Key(Key)}, owner {Owner}, {Status})";

    internal override bool HasSameContent(IpcObject other) =>
        other is IpcSemaphoreSet set && Contents(Semaphores).SequenceEqual(Contents(set.Semaphores));

    private static IEnumerable<(int Value, int? LastProcessId)> Contents(IpcList<IpcSemaphore>? semaphores) =>
        semaphores?.Select(semaphore => (semaphore.Value, semaphore.LastProcessId)) ?? [];

    private static IpcProcess ToProcess(Operator last) =>
        new(last.ProcessId, last.IsAlive ? last.Process?.Name : null, last.IsAlive);
}
