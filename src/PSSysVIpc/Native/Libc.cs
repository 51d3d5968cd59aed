using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PSSysVIpc.Native;

/// <summary>The C library calls this module needs. A failed call leaves its errno in <see cref="LastError"/>.</summary>
internal static partial class Libc
{
    private const string Library = "libc";
    private const int _SC_CLK_TCK = 2;
    private const int PROT_NONE = 0;
    private const int PROT_READ = 1;
    private const int PROT_WRITE = 2;
    private const int MAP_PRIVATE = 2;
    private const int MAP_ANONYMOUS = 0x20;
    private const nuint NS_GET_USERNS = 0xb701;
    private const nuint NS_GET_PARENT = 0xb702;
    private const int KCMP_VM = 1;

    internal static int LastError => Marshal.GetLastPInvokeError();

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

    /// <summary>An ioctl(2) that fills a structure. 0, or -1.</summary>
    internal static unsafe int Query(SafeFileHandle file, nuint request, Span<byte> structure)
    {
        fixed (byte* pointer = structure)
            return ioctl_fill(file, request, (nint)pointer);
    }

    /// <summary>
    /// A file that lives in memory only (memfd_create(2)); an invalid handle where there can be none.
    /// </summary>
    internal static SafeFileHandle MakeMemoryFile(uint flags) => memfd_create("", flags);

    /// <summary>
    /// Whether two processes have one memory, as vfork(2) leaves it (kcmp(2)). False where that can't be told.
    /// </summary>
    internal static bool HaveSameMemory(int process, int other) =>
        syscall(RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 272 : 312, process, other, KCMP_VM, 0, 0)
        == 0;

    [LibraryImport(Library, SetLastError = true, EntryPoint = "ioctl")]
    private static partial int ioctl_fill(SafeFileHandle file, nuint request, nint argument);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle memfd_create(string name, uint flags);

    [LibraryImport(Library, SetLastError = true)]
    private static partial nint syscall(nint number, nint one, nint two, nint three, nint four, nint five);

    [LibraryImport(Library, SetLastError = true)]
    private static partial SafeFileHandle ioctl(SafeFileHandle file, nuint request, nint argument);
}
