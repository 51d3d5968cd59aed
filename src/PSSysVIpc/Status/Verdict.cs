using PSSysVIpc.Processes;

namespace PSSysVIpc.Status;

/// <summary>How an object's use is judged, and what became of its last processes.</summary>
/// <param name="Why">The status, and what it is for.</param>
/// <param name="LastProcesses">What became of the processes that used it last.</param>
/// <param name="Waiters">Who waits on it.</param>
/// <param name="Attachments">Who has it mapped; null where nobody asked.</param>
internal readonly record struct Verdict(
    Explanation Why,
    LastProcess[] LastProcesses,
    WaitingThreads Waiters,
    Attachments? Attachments
)
{
    internal string Status => Why.Status;

    internal string Reason => Why.Text;
}
