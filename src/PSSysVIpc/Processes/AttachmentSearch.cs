using System.Globalization;
using PSSysVIpc.Native;

namespace PSSysVIpc.Processes;

/// <summary>
/// Which processes have segments in their memory: each such mapping's file is named by the segment's key, with its id
/// as the inode (newseg in ipc/shm.c).
/// </summary>
/// <param name="budget">What bounds the time.</param>
internal sealed class AttachmentSearch(ExaminationBudget budget)
{
    // To hand each over to another thread would cost as much as to read it.
    private const int AtOnce = 32;

    private const int MostCompared = 64;

    private readonly HashSet<(uint, uint)> _devices = SegmentFiles.FindDevices();

    /// <summary>
    /// The mappings by the ids of the segments. Those that we have no right to look at are missing, and those that
    /// can't be read in time.
    /// </summary>
    internal ILookup<int, SegmentMapping> Find(IEnumerable<ProcessRecord> processes)
    {
        var found = processes.Chunk(AtOnce).SelectMany(MappingsOf).ToList();
        return found
            .GroupBy(mapping => (mapping.SegmentId, mapping.Range))
            .SelectMany(alike => MarkShared([.. alike]))
            .ToLookup(mapping => mapping.SegmentId);
    }

    /// <summary>
    /// When the segment of a mapping was made, in seconds since the epoch; null where that can't be read, or not in
    /// time.
    /// </summary>
    internal long? BirthOf(SegmentMapping mapping)
    {
        long? birth = null;
        var path = string.Create(CultureInfo.InvariantCulture, $"/proc/{mapping.Process.Id}/map_files/{mapping.Range}");
        return budget.TryExamineAside(_ => birth = Libc.Birth(path)) ? birth : null;
    }

    // Those at the same place can be one memory, as vfork(2) and clone(2) leave it. Of very many, as of a server that
    // forks, only a child and its parent are compared.
    private static IEnumerable<SegmentMapping> MarkShared(SegmentMapping[] alike)
    {
        var first = new List<SegmentMapping>();
        foreach (var mapping in alike)
        {
            var isShared = first.Exists(other =>
                (alike.Length <= MostCompared || IsFamily(mapping.Process, other.Process))
                && Libc.HaveSameMemory(mapping.Process.Id, other.Process.Id)
            );
            if (!isShared)
                first.Add(mapping);
            yield return mapping with
            {
                IsShared = isShared,
            };
        }
    }

    private static bool IsFamily(ProcessRecord one, ProcessRecord other) =>
        one.ParentId == other.Id || other.ParentId == one.Id;

    // A process can hold the lock that this waits for. Then the others are read without it.
    private IEnumerable<SegmentMapping> MappingsOf(ProcessRecord[] processes)
    {
        var found = new List<SegmentMapping>();
        if (budget.TryExamineAside(deadline => Array.ForEach(processes, one => Read(one, found, deadline))))
            return found;
        return processes.Length == 1 ? [] : processes.SelectMany(process => MappingsOf([process]));
    }

    private void Read(ProcessRecord process, List<SegmentMapping> found, Deadline deadline)
    {
        var reader = new SharedMappings(deadline);
        var mappings = new List<SharedMapping>();
        var folder = string.Create(CultureInfo.InvariantCulture, $"/proc/{process.Id}");
        // The main thread may have ended: then another has the memory still.
        if (!reader.TryAdd(folder, IsSegments, mappings))
            _ = (ProcFolder.Threads(process.Id) ?? []).Exists(thread =>
                reader.TryAdd($"{folder}/task/{thread.Id}", IsSegments, mappings)
            );
        foreach (var mapping in mappings)
        {
            if (SegmentFiles.KeyOf(mapping.Name) is { } key)
                found.Add(new((int)mapping.Inode, key, process, mapping.Range));
        }
    }

    // Those that the kernel has inside of it have no number of a driver.
    private bool IsSegments((uint Major, uint Minor) device) =>
        _devices.Count > 0 ? _devices.Contains(device) : device.Major == 0;
}
