namespace PSSysVIpc.Native;

/// <summary>The IPC calls by the names that programs import them by (glibc and musl).</summary>
internal static class SystemCallNames
{
    /// <summary>A call that asks about objects, sets or removes them.</summary>
    internal static IpcCalls ControlOf(ReadOnlySpan<byte> name)
    {
        // Of programs of 32 bits with times of 64.
        if (name.SequenceEqual("semctl"u8) || name.SequenceEqual("__semctl64"u8))
            return IpcCalls.Semaphore;
        if (name.SequenceEqual("shmctl"u8) || name.SequenceEqual("__shmctl64"u8))
            return IpcCalls.SharedMemory;
        return name.SequenceEqual("msgctl"u8) || name.SequenceEqual("__msgctl64"u8)
            ? IpcCalls.MessageQueue
            : IpcCalls.None;
    }

    /// <summary>A call that finds, makes or uses objects.</summary>
    internal static IpcCalls UseOf(ReadOnlySpan<byte> name)
    {
        if (
            name.SequenceEqual("semop"u8)
            || name.SequenceEqual("semget"u8)
            || name.SequenceEqual("semtimedop"u8)
            || name.SequenceEqual("__semtimedop64"u8)
            || name.SequenceEqual("__semtimedop_time64"u8)
        )
            return IpcCalls.Semaphore;
        if (name.SequenceEqual("shmat"u8) || name.SequenceEqual("shmget"u8))
            return IpcCalls.SharedMemory;
        return name.SequenceEqual("msgsnd"u8) || name.SequenceEqual("msgrcv"u8) || name.SequenceEqual("msgget"u8)
            ? IpcCalls.MessageQueue
            : IpcCalls.None;
    }
}
