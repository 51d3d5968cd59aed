namespace PSSysVIpc.Processes;

/// <summary>What a thread waits for.</summary>
internal enum WaitDirection
{
    /// <summary>For a semaphore.</summary>
    None,

    /// <summary>For room in a message queue.</summary>
    Send,

    /// <summary>For a message.</summary>
    Receive,
}

/// <summary>A thread that waits on an object.</summary>
/// <param name="Process">Whose it is.</param>
/// <param name="Direction">What it waits for.</param>
/// <param name="MessageType">Which messages, as msgrcv(2) takes it; null for none, or where it can't be read.</param>
internal readonly record struct WaitingThread(
    ProcessRecord Process,
    WaitDirection Direction = WaitDirection.None,
    long? MessageType = null
);

/// <summary>Who waits on the objects of a kind.</summary>
/// <param name="ByObject">By the ids of those.</param>
/// <param name="Unseen">How many processes it can't be told of, though we have the right to look.</param>
internal sealed record WaiterFindings(IReadOnlyDictionary<int, WaitingThreads> ByObject, int Unseen)
{
    internal WaitingThreads On(int id) => ByObject.GetValueOrDefault(id, WaitingThreads.None);
}

/// <summary>Who waits on an object, as far as it can be seen.</summary>
/// <param name="Threads">The threads: the kernel counts those.</param>
internal sealed record WaitingThreads(IReadOnlyList<WaitingThread> Threads)
{
    internal static WaitingThreads None { get; } = new([]);

    /// <summary>Their processes, each once.</summary>
    internal IReadOnlyList<ProcessRecord> Processes { get; } = [.. Threads.Select(thread => thread.Process).Distinct()];
}
