using System.Runtime.InteropServices;

namespace PSSysVIpc.Native;

/// <summary>The calls that ask about IPC objects and remove them (sysvipc(7)). All give a number below 0 where they
/// fail.</summary>
internal static partial class Libc
{
    // IPC_RMID and IPC_STAT of sysvipc(7), the others of semctl(2).
    internal const int IPC_RMID = 0;
    internal const int IPC_STAT = 2;
    internal const int GETPID = 11;
    internal const int GETVAL = 12;
    internal const int GETALL = 13;
    internal const int GETNCNT = 14;
    internal const int GETZCNT = 15;

    // Of <linux/sem.h>, <linux/shm.h> and <linux/msg.h>: *_STAT_ANY since Linux 4.17.
    internal const int SEM_INFO = 19;
    internal const int SEM_STAT_ANY = 20;
    internal const int SHM_INFO = 14;
    internal const int SHM_STAT_ANY = 15;
    internal const int MSG_INFO = 12;
    internal const int MSG_STAT_ANY = 13;

    private const int IPC_NOWAIT = 0x800;
    private const int MSG_COPY = 0x4000;

    /// <summary>semctl(2) with a command whose result is an int and that takes no argument.</summary>
    internal static int SemaphoreControl(int id, int number, int command) => semctl(id, number, command, 0);

    /// <summary>semctl(2) with a command that fills a structure.</summary>
    internal static unsafe int SemaphoreControl(int id, int command, Span<byte> buffer)
    {
        fixed (byte* pointer = buffer)
            return semctl(id, 0, command, (nint)pointer);
    }

    /// <summary>shmctl(2). The buffer is empty for a command that fills none.</summary>
    internal static unsafe int SharedMemoryControl(int id, int command, Span<byte> buffer)
    {
        fixed (byte* pointer = buffer)
            return shmctl(id, command, (nint)pointer);
    }

    /// <summary>msgctl(2), in the same way.</summary>
    internal static unsafe int MessageQueueControl(int id, int command, Span<byte> buffer)
    {
        fixed (byte* pointer = buffer)
            return msgctl(id, command, (nint)pointer);
    }

    /// <summary>Copies a message and leaves it in its queue (msgrcv(2), MSG_COPY).</summary>
    /// <param name="id">The queue.</param>
    /// <param name="index">Which one, counted from 0.</param>
    /// <param name="buffer">Room for the type and the bytes.</param>
    /// <returns>How many bytes it has, without the type.</returns>
    internal static unsafe nint CopyMessage(int id, int index, Span<byte> buffer)
    {
        fixed (byte* pointer = buffer)
            return msgrcv(id, pointer, (nuint)(buffer.Length - sizeof(long)), index, IPC_NOWAIT | MSG_COPY);
    }

    // semctl is variadic in C. On Linux x64 and arm64 its fourth argument travels like a plain one.
    [LibraryImport(Library, SetLastError = true)]
    private static partial int semctl(int id, int number, int command, nint argument);

    [LibraryImport(Library, SetLastError = true)]
    private static partial int shmctl(int id, int command, nint buffer);

    [LibraryImport(Library, SetLastError = true)]
    private static partial int msgctl(int id, int command, nint buffer);

    [LibraryImport(Library, SetLastError = true)]
    private static unsafe partial nint msgrcv(int id, byte* message, nuint size, nint type, int flags);
}
