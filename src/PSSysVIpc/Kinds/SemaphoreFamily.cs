using PSSysVIpc.Accounts;
using PSSysVIpc.Ipc;
using PSSysVIpc.Status;

namespace PSSysVIpc.Kinds;

/// <summary>Semaphore sets.</summary>
internal sealed class SemaphoreFamily(IpcKernel kernel) : IpcFamily<IpcSemaphoreSet>(kernel)
{
    internal override string Noun => "semaphore set";

    internal override IEnumerable<IpcRow> ReadTable() => Kernel.Semaphores.ReadTable().Values;

    internal override IpcRow? Find(int id, TimeSpan maximumAge) => Kernel.Semaphores.Find(id, maximumAge);

    // The row is read again after the semaphores: with the older times of the table, an operator that began since would
    // look younger than its operation. It also is the last look before a removal.
    internal override Observation? Observe(IpcRow row, TimeSpan maximumAge)
    {
        while (row is SemaphoreRow set && Kernel.Semaphores.TryReadStates(set, out var states))
        {
            if (states is null)
                return new SemaphoreObservation(set, null);
            var now = Kernel.Semaphores.Find(set.Id, maximumAge);
            if (now?.Count == set.Count)
                return new SemaphoreObservation(now, states);
            // Another set under the same id meanwhile.
            if (now is null)
                return null;
            row = now;
        }

        return null;
    }

    internal override IpcSemaphoreSet Describe(Observation observation, Verdict verdict, AccountNames names) =>
        new((SemaphoreObservation)observation, verdict, Kernel, names);

    internal override int Remove(int id) => Kernel.Semaphores.Remove(id);
}
