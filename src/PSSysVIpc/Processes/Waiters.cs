namespace PSSysVIpc.Processes;

/// <summary>Who waits on an object, as far as it can be seen.</summary>
/// <param name="Processes">The processes, each once.</param>
/// <param name="Threads">How many of their threads do: the kernel counts those.</param>
internal sealed record Waiters(IReadOnlyList<ProcessRecord> Processes, int Threads)
{
    internal static Waiters None { get; } = new([], 0);
}
