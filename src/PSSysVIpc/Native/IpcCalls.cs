namespace PSSysVIpc.Native;

/// <summary>The system calls of the IPC kinds, as a program imports them from the C library.</summary>
[Flags]
internal enum IpcCalls
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary>semget, semop, semtimedop, semctl.</summary>
    Semaphore = 1,

    /// <summary>shmget, shmat, shmctl.</summary>
    SharedMemory = 2,

    /// <summary>msgget, msgsnd, msgrcv, msgctl.</summary>
    MessageQueue = 4,

    /// <summary>
    /// All of them, for all that is known: the answer where the code can't be read, and nothing can be ruled out.
    /// </summary>
    Any = Semaphore | SharedMemory | MessageQueue | 8,

    /// <summary>The same where the code could not be read in time.</summary>
    Unexamined = Any | 16,
}
