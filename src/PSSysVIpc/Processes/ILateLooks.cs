using PSSysVIpc.Native;

namespace PSSysVIpc.Processes;

/// <summary>
/// What is looked up only when a rule asks for it, as it costs more than the pass over all processes.
/// </summary>
internal interface ILateLooks
{
    /// <summary>
    /// One process, now. For one that isn't in a table: it may have begun since, or be hidden from us.
    /// </summary>
    ProcessPresence Look(int id, out ProcessRecord? process);

    /// <summary>
    /// The calls a process can make. Any where that can't be read, and Unexamined where not in time: what can't be
    /// ruled out counts. Null where the process has gone.
    /// </summary>
    IpcCalls? CallsOf(ProcessRecord process);

    /// <summary>
    /// Who of some processes waits on objects of one kind, by the ids of those. Those that we have no right to look
    /// into are missing, and those whose threads can't be read in time.
    /// </summary>
    WaiterFindings Waiters(IpcCalls calls, IEnumerable<ProcessRecord> processes);

    /// <summary>
    /// The segments that are mapped into some processes, by their ids. Those that we have no right to look at are
    /// missing, and those that can't be read in time.
    /// </summary>
    ILookup<int, SegmentMapping> Mappings(IEnumerable<ProcessRecord> processes);

    /// <summary>
    /// When the segment of a mapping was made, in seconds since the epoch; null where that can't be told.
    /// </summary>
    long? BirthOf(SegmentMapping mapping);
}
