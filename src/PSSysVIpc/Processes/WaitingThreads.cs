namespace PSSysVIpc.Processes;

/// <summary>Who waits on an object, as far as it can be seen.</summary>
/// <param name="Processes">The processes, each once.</param>
/// <param name="Count">How many of their threads do: the kernel counts those.</param>
internal sealed record WaitingThreads(IReadOnlyList<ProcessRecord> Processes, int Count)
{
    internal static WaitingThreads None { get; } = new([], 0);
}
