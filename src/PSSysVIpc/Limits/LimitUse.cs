using PSSysVIpc.Ipc;
using PSSysVIpc.Kinds;

namespace PSSysVIpc.Limits;

/// <summary>
/// What is there of each kind of System V IPC, as the kernel counts it against its limits. Each table is read when it
/// is first asked for, on the calling thread, and once: what is said of one kind is from one moment.
/// </summary>
internal sealed class LimitUse(IpcKernel kernel)
{
    private readonly Dictionary<string, IList<IpcRow>> _objects = [];

    /// <summary>How much counts against a limit; null where nothing adds up.</summary>
    /// <exception cref="IpcUnavailableException">There is no such table here.</exception>
    /// <exception cref="IpcBadDataException">The text is no such table.</exception>
    internal ulong? Of(LimitDefinition limit) =>
        limit.Counts switch
        {
            Counted.Objects => (ulong)Objects(limit.Resource).Count,
            Counted.Sizes => Objects(limit.Resource).Aggregate(0UL, (sum, row) => sum + row.Size),
            _ => null,
        };

    private IList<IpcRow> Objects(string resource)
    {
        if (!_objects.TryGetValue(resource, out var objects))
            _objects[resource] = objects = IpcKinds.OfResource(resource, kernel).Read();
        return objects;
    }
}
