using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PSSysVIpc.Native;

/// <summary>The C library calls this module needs. A failed call leaves its errno in <see cref="LastError"/>.</summary>
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

    // Of <linux/sem.h>: SEM_STAT_ANY since Linux 4.17.
    internal const int SEM_INFO = 19;
    internal const int SEM_STAT_ANY = 20;

    private const string Library = "libc";
    private const int _SC_CLK_TCK = 2;
    private const int PROT_NONE = 0;
    private const int PROT_READ = 1;
    private const int PROT_WRITE = 2;
    private const int MAP_PRIVATE = 2;
    private const int MAP_ANONYMOUS = 0x20;
    private const nuint NS_GET_USERNS = 0xb701;
    private const nuint NS_GET_PARENT = 0xb702;

    internal static int LastError => Marshal.GetLastPInvokeError();

    /// <summary>semctl(2) with a command whose result is an int and that takes no argument.</summary>
    internal static int SemaphoreControl(int id, int number, int command) => semctl(id, number, command, 0);

    /// <summary>semctl(2) with a command that fills a structure.</summary>
    internal static unsafe int SemaphoreControl(int id, int command, Span<byte> buffer)
    {
        fixed (byte* pointer = buffer)
            return semctl(id, 0, command, (nint)pointer);
    }

    /// <summary>New memory, of whole pages; -1 where there is none.</summary>
    internal static nint MapMemory(nuint length) =>
        mmap(0, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    /// <summary>Makes every touch of such memory fail. 0, or -1.</summary>
    internal static int ForbidMemory(nint address, nuint length) => mprotect(address, length, PROT_NONE);

    internal static int UnmapMemory(nint address, nuint length) => munmap(address, length);

    internal static int Kill(int processId, int signal) => kill(processId, signal);

    internal static int ProcessId() => getpid();

    internal static uint EffectiveUserId() => geteuid();

    internal static long ClockTicksPerSecond() => sysconf(_SC_CLK_TCK);

    /// <summary>fnmatch(3): whether a pattern for one name, which ends with a null byte, stands for a name.</summary>
    internal static unsafe bool Matches(ReadOnlySpan<byte> pattern, string name)
    {
        fixed (byte* pointer = pattern)
            return fnmatch(pointer, name, 0) == 0;
    }

    /// <summary>
    /// The user namespace that owns a namespace (ioctl_ns(2)); an invalid handle where it lies outside our own.
    /// </summary>
    internal static SafeFileHandle OwningUserNamespace(SafeFileHandle file) => ioctl(file, NS_GET_USERNS, 0);

    /// <summary>
    /// The user namespace that one lies in; an invalid handle, and EPERM, where that isn't inside our own.
    /// </summary>
    internal static SafeFileHandle ParentNamespace(SafeFileHandle file) => ioctl(file, NS_GET_PARENT, 0);

    // semctl is variadic in C. On Linux x64 and arm64 its fourth argument travels like a plain one.
    [LibraryImport(Library, SetLastError = true)]
    private static partial int semctl(int id, int number, int command, nint argument);

    [LibraryImport(Library)]
    private static partial nint mmap(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport(Library)]
    private static partial int mprotect(nint address, nuint length, int protection);

    [LibraryImport(Library)]
    private static partial int munmap(nint address, nuint length);

    [LibraryImport(Library, SetLastError = true)]
    private static partial int kill(int processId, int signal);

    [LibraryImport(Library)]
    private static partial int getpid();

    [LibraryImport(Library)]
    private static partial uint geteuid();

    [LibraryImport(Library, SetLastError = true)]
    private static partial nint sysconf(int name);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int fnmatch(byte* pattern, string name, int flags);

    [LibraryImport(Library, SetLastError = true)]
    private static partial SafeFileHandle ioctl(SafeFileHandle file, nuint request, nint argument);
}
