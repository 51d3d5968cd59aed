using System.Buffers.Text;
using System.Runtime.InteropServices;

namespace PSSysVIpc.Native;

/// <summary>The C library calls this module needs. A failed call leaves its errno in <see cref="LastError"/>.</summary>
internal static partial class Libc
{
    private const string Library = "libc";
    private const int WriteOnly = 1;
    private const int CloseOnExec = 0x80000;
    private const int WithoutBlocking = 0x800;
    private const int PathOnly = 0x200000;
    private const int FileTypeMask = 0xF000;
    private const int RegularFile = 0x8000;
    private const int EmptyPath = 0x1000;
    private const uint TypeAndInode = 0x101;
    private const uint BirthTime = 0x800;
    private const int CurrentFolder = -100;
    private const nint MemoryFileSystem = 0x01021994;
    private const int ClockTicks = 2;
    private const nuint GetOwningUserNamespace = 0xb701;

    // One of the few flags that differ among architectures.
    private static readonly int s_noFollow = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Ppc64le ? 0x8000 : 0x20000;

    internal static int LastError => Marshal.GetLastPInvokeError();

    /// <summary>semctl(2) with a command whose result is an int and that takes no argument.</summary>
    internal static int SemaphoreControl(int id, int number, int command) => semctl(id, number, command, 0);

    internal static unsafe int SemaphoreControl(int id, int command, Span<byte> buffer)
    {
        fixed (byte* pointer = buffer)
            return semctl(id, 0, command, (nint)pointer);
    }

    internal static int Kill(int processId, int signal) => kill(processId, signal);

    internal static int ProcessId() => getpid();

    internal static uint EffectiveUserId() => geteuid();

    internal static long ClockTicksPerSecond() => sysconf(ClockTicks);

    internal static int OpenForReading(string path) => open(path, CloseOnExec);

    /// <summary>Writes all of a text to a file that is there, in one call.</summary>
    /// <param name="path">Its name.</param>
    /// <param name="text">What to write; null to find out only whether it could be written.</param>
    /// <returns>0, or the errno.</returns>
    internal static unsafe int WriteFile(string path, byte[]? text)
    {
        var descriptor = open(path, CloseOnExec | WriteOnly);
        if (descriptor < 0)
            return LastError;
        var errno = 0;
        fixed (byte* pointer = text)
        {
            if (text is not null && write(descriptor, pointer, (nuint)text.Length) < 0)
                errno = LastError;
        }

        Close(descriptor);
        return errno;
    }

    /// <summary>
    /// Opens a file for reading, but nothing else: to open a pipe is to wait for its other end, and to open a device can
    /// set it going. Somebody's lease on it (fcntl(2), F_SETLEASE) is an EAGAIN, and no wait until he gives it up.
    /// </summary>
    /// <param name="path">Its name.</param>
    /// <param name="inode">Its inode; 0 when it can't be looked at.</param>
    /// <param name="descriptor">The open file; -1 when it is no regular file.</param>
    /// <param name="followsLink">Whether a link is the file that it leads to, else it is no regular file.</param>
    /// <returns>False where it can't be looked at or opened.</returns>
    internal static unsafe bool TryOpenRegularFile(string path, out ulong inode, out int descriptor, bool followsLink = true)
    {
        inode = 0;
        descriptor = -1;
        var place = open(path, PathOnly | CloseOnExec | (followsLink ? 0 : s_noFollow));
        if (place < 0)
            return false;
        // struct statx is the same on every architecture, and 256 bytes long.
        var buffer = stackalloc byte[256];
        var isKnown = statx(place, "", EmptyPath, TypeAndInode, buffer) == 0;
        inode = isKnown ? *(ulong*)(buffer + 32) : 0;
        var isRegular = isKnown && (*(ushort*)(buffer + 28) & FileTypeMask) == RegularFile;
        if (isRegular)
            descriptor = open($"/proc/self/fd/{place}", CloseOnExec | WithoutBlocking);
        Close(place);
        return isKnown && (descriptor >= 0 || !isRegular);
    }

    /// <summary>statx(2) of what a path leads to: its type with its mode, and for a device its numbers.</summary>
    /// <returns>False where that can't be told.</returns>
    internal static unsafe bool TryStat(string path, out ushort mode, out (uint Major, uint Minor) device)
    {
        var buffer = stackalloc byte[256];
        var isKnown = statx(CurrentFolder, path, 0, TypeAndInode, buffer) == 0;
        mode = isKnown ? *(ushort*)(buffer + 28) : (ushort)0;
        device = isKnown ? (*(uint*)(buffer + 128), *(uint*)(buffer + 132)) : default;
        return isKnown;
    }

    /// <summary>fnmatch(3): whether a pattern for one name, which ends with a null byte, stands for a name.</summary>
    internal static unsafe bool Matches(ReadOnlySpan<byte> pattern, string name)
    {
        fixed (byte* pointer = pattern)
            return fnmatch(pointer, name, 0) == 0;
    }

    /// <summary>When a folder was made, in seconds since the epoch; null where that isn't kept, or it isn't kept in memory only.</summary>
    internal static unsafe double? BirthInMemory(string path)
    {
        // struct statfs differs, but begins with the kind of file system, and is nowhere longer than this.
        var buffer = stackalloc byte[256];
        if (statfs(path, buffer) != 0 || *(nint*)buffer != MemoryFileSystem || statx(CurrentFolder, path, 0, BirthTime, buffer) != 0)
            return null;
        return (*(uint*)buffer & BirthTime) != 0 ? *(long*)(buffer + 80) : null;
    }

    /// <summary>The text of a link; null where it can't be read.</summary>
    internal static unsafe string? ReadLink(string path)
    {
        Span<byte> buffer = stackalloc byte[256];
        fixed (byte* pointer = buffer)
        {
            var length = readlink(path, pointer, (nuint)buffer.Length);
            return length < 0 ? null : System.Text.Encoding.UTF8.GetString(buffer[..(int)length]);
        }
    }

    /// <summary>readdir(3): adds the entries of a folder whose names are numbers.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="entries">Gets them.</param>
    /// <param name="most">How many there may be in all.</param>
    /// <returns>0, or the errno; then the list may be cut short. E2BIG where there are more.</returns>
    internal static unsafe int ReadFolder(string path, List<(int Id, ulong Inode)> entries, int most)
    {
        var folder = opendir(path);
        if (folder == 0)
            return LastError;
        // struct dirent of every 64-bit architecture, in glibc and musl: inode, offset, length, type, name.
        const int name = 19;
        byte* entry;
        int errno;
        while (true)
        {
            // At the end it returns null as well, and leaves errno alone: the marshaller has set that to 0 before.
            entry = readdir(folder);
            errno = LastError;
            if (entry is null)
                break;
            var text = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(entry + name);
            if (!Utf8Parser.TryParse(text, out int id, out var length) || length != text.Length)
                continue;
            if (entries.Count == most)
            {
                errno = Errno.E2BIG;
                break;
            }

            entries.Add((id, *(ulong*)entry));
        }

        _ = closedir(folder);
        return errno;
    }

    internal static unsafe nint Read(int descriptor, Span<byte> buffer)
    {
        fixed (byte* pointer = buffer)
            return read(descriptor, pointer, (nuint)buffer.Length);
    }

    internal static void Close(int descriptor) => _ = close(descriptor);

    /// <summary>A descriptor of the user namespace that owns a namespace, or -1 where it lies outside our own.</summary>
    internal static int OwningUserNamespace(int descriptor) => ioctl(descriptor, GetOwningUserNamespace, 0);

    // semctl is variadic in C. On Linux x64 and arm64 its fourth argument travels like a plain one.
    [LibraryImport(Library, SetLastError = true)]
    private static partial int semctl(int id, int number, int command, nint argument);

    [LibraryImport(Library, SetLastError = true)]
    private static partial int kill(int processId, int signal);

    [LibraryImport(Library)]
    private static partial int getpid();

    [LibraryImport(Library)]
    private static partial uint geteuid();

    [LibraryImport(Library, SetLastError = true)]
    private static partial nint sysconf(int name);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);

    [LibraryImport(Library, SetLastError = true)]
    private static unsafe partial nint read(int descriptor, byte* buffer, nuint count);

    [LibraryImport(Library, SetLastError = true)]
    private static unsafe partial nint write(int descriptor, byte* buffer, nuint count);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int statx(int folder, string path, int flags, uint mask, byte* buffer);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int statfs(string path, byte* buffer);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial nint readlink(string path, byte* buffer, nuint size);

    [LibraryImport(Library)]
    private static partial int close(int descriptor);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int fnmatch(byte* pattern, string name, int flags);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint opendir(string path);

    [LibraryImport(Library, SetLastError = true)]
    private static unsafe partial byte* readdir(nint folder);

    [LibraryImport(Library)]
    private static partial int closedir(nint folder);

    [LibraryImport(Library, SetLastError = true)]
    private static partial int ioctl(int descriptor, nuint request, nint argument);
}
