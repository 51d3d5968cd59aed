using System.Collections.Concurrent;
using PSSysVIpc.Native;

namespace PSSysVIpc.Processes;

/// <summary>
/// Which IPC calls running processes can make, from the files that are mapped into them to be executed. Each file is
/// read once, whatever number of processes has it.
/// </summary>
internal sealed class MappedFiles(ExaminationBudget? budget = null)
{
    private readonly ExaminationBudget _budget = budget ?? new();

    // Who took too long once isn't looked at again.
    private readonly HashSet<(int Id, double? Start)> _unexamined = [];

    /// <summary>What files can call.</summary>
    private readonly ConcurrentDictionary<MappedFile, IpcCalls> _known = [];

    /// <summary>
    /// The calls a process can make. Any where that can't be read, and Unexamined where not in time: what can't be
    /// ruled out counts. Null where the process has gone.
    /// </summary>
    /// <param name="processId">Its number.</param>
    /// <param name="start">When it began, which tells it from another of its number.</param>
    internal IpcCalls? CallsOf(int processId, double? start = null)
    {
        if (_unexamined.Contains((processId, start)))
            return IpcCalls.Unexamined;
        IpcCalls? calls = null;
        if (_budget.TryExamineAside(deadline => calls = new MappedCode(processId, _known, deadline).ReadCalls()))
            return calls;
        _unexamined.Add((processId, start));
        return IpcCalls.Unexamined;
    }
}
