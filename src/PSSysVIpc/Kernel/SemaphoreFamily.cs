using PSSysVIpc.Accounts;
using PSSysVIpc.Status;

namespace PSSysVIpc.Kernel;

/// <summary>Semaphore sets.</summary>
internal sealed class SemaphoreFamily(IpcKernel kernel) : IpcFamily<IpcSemaphoreSet>(kernel)
{
    internal override string Noun => "semaphore set";

    internal override IEnumerable<IpcRow> ReadTable() => Kernel.Semaphores.ReadTable().Values;

    internal override IpcRow? Find(int id) => Kernel.Semaphores.Find(id);

    internal override Observation? Observe(IpcRow row) =>
        Kernel.Semaphores.TryReadStates((SemaphoreRow)row, out var states) ? new SemaphoreObservation((SemaphoreRow)row, states) : null;

    internal override IpcSemaphoreSet Describe(Observation observation, Verdict verdict, AccountNames names) =>
        new((SemaphoreObservation)observation, verdict, Kernel, names);

    internal override int Remove(int id) => Kernel.Semaphores.Remove(id);
}
