using PSSysVIpc.Processes;

namespace PSSysVIpc.Status;

/// <summary>How an object's use is judged, with the reason in words and what became of its last processes.</summary>
/// <param name="Status">One of the constants of <see cref="IpcStatus"/>.</param>
/// <param name="Reason">
/// In whole sentences: the status again, the facts that led to it, and what would settle them.
/// </param>
/// <param name="Grounds">The same without what would settle them: for who has decided already.</param>
/// <param name="LastProcesses">What became of the processes that used it last.</param>
/// <param name="Waiters">Who waits on it.</param>
internal sealed record Verdict(
    string Status,
    string Reason,
    string Grounds,
    LastProcess[] LastProcesses,
    WaitingThreads Waiters
);
