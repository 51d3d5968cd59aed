namespace PSSysVIpc.Kernel;

/// <summary>The system calls of the IPC kinds, as a program imports them from the C library.</summary>
[Flags]
internal enum IpcCalls
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary>semget, semop, semtimedop.</summary>
    Semaphore = 1,

    /// <summary>shmget, shmat.</summary>
    SharedMemory = 2,

    /// <summary>msgget, msgsnd, msgrcv.</summary>
    MessageQueue = 4,

    /// <summary>All of them: the answer where nothing can be ruled out.</summary>
    Any = Semaphore | SharedMemory | MessageQueue,
}
