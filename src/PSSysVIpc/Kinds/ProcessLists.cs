using PSSysVIpc.Processes;
using PSSysVIpc.Status;

namespace PSSysVIpc.Kinds;

/// <summary>
/// The processes that objects show. Of a server that died, thousands of objects have the same ones: they share them.
/// </summary>
internal sealed class ProcessLists
{
    private static readonly IpcList<IpcProcess> s_none = new([]);

    private readonly Dictionary<(int, string?, bool), IpcProcess> _processes = [];
    private readonly Dictionary<IpcProcess, IpcList<IpcProcess>> _lists = [];

    /// <summary>Those that the kernel has noted.</summary>
    internal IpcList<IpcProcess> Of(LastProcess[] last)
    {
        if (last.Length == 0)
            return s_none;
        if (last is not [var only])
            return new(Array.ConvertAll(last, Of));
        var process = Of(only);
        return _lists.TryGetValue(process, out var known) ? known : _lists[process] = new([process]);
    }

    /// <summary>One that the kernel has noted, by its number; null for 0, which is none.</summary>
    internal IpcProcess? Find(int id, LastProcess[] last)
    {
        foreach (var one in last)
        {
            if (one.Id == id)
                return Of(one);
        }

        return null;
    }

    /// <summary>Those that wait.</summary>
    internal static IpcList<IpcProcess> Of(IReadOnlyList<ProcessRecord> waiting) =>
        waiting.Count == 0
            ? s_none
            : new([.. waiting.Select(process => new IpcProcess(process.Id, process.Name, isAlive: true))]);

    private IpcProcess Of(LastProcess last)
    {
        var key = (last.Id, last.IsAlive ? last.Process?.Name : null, last.IsAlive);
        return _processes.TryGetValue(key, out var known)
            ? known
            : _processes[key] = new(last.Id, key.Item2, last.IsAlive);
    }
}
