namespace PSSysVIpc.Processes;

/// <summary>A segment's memory in a process. It may be of any IPC namespace: the kernel doesn't say of which.</summary>
/// <param name="SegmentId">The segment's id.</param>
/// <param name="Key">The key that it was made with; 0 for none.</param>
/// <param name="Process">Whose memory it is in.</param>
/// <param name="Range">Where.</param>
/// <param name="IsShared">
/// Whether it is another one's memory, as after vfork(2): then the kernel counts it with that.
/// </param>
internal sealed record SegmentMapping(
    int SegmentId,
    uint Key,
    ProcessRecord Process,
    string Range,
    bool IsShared = false
);
