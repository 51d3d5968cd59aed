using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace PSSysVIpc.Native;

/// <summary>The calls that look at files.</summary>
internal static partial class Libc
{
    private const int O_WRONLY = 1;
    private const int O_NONBLOCK = 0x800;
    private const int O_CLOEXEC = 0x80000;
    private const int O_PATH = 0x200000;
    private const int AT_FDCWD = -100;
    private const int AT_EMPTY_PATH = 0x1000;
    private const int W_OK = 2;
    private const int AT_EACCESS = 0x200;
    private const nint TMPFS_MAGIC = 0x01021994;

    // One of the few flags that differ among architectures.
    private static readonly int s_noFollow = RuntimeInformation.ProcessArchitecture
        is Architecture.Arm64
            or Architecture.Ppc64le
        ? 0x8000
        : 0x20000;

    /// <summary>Opens a file of which it is known that opening it never waits.</summary>
    /// <returns>An invalid handle where it can't be opened.</returns>
    internal static SafeFileHandle Open(string path) => open(path, O_CLOEXEC);

    /// <summary>
    /// Opens a file for reading, but nothing else: to open a pipe is to wait for its other end, and to open a device
    /// can set it going. Somebody's lease on it (fcntl(2), F_SETLEASE) is an EAGAIN, and no wait until he gives it up.
    /// </summary>
    /// <param name="path">Its name.</param>
    /// <param name="inode">Its inode; 0 when it can't be looked at.</param>
    /// <param name="file">The open file; null when it is no regular file.</param>
    /// <param name="followsLink">Whether a link is the file that it leads to, else it is no regular file.</param>
    /// <returns>0, or the errno where it can't be looked at or opened.</returns>
    internal static int OpenRegularFile(string path, out ulong inode, out SafeFileHandle? file, bool followsLink = true)
    {
        inode = 0;
        file = null;
        using var place = open(path, O_PATH | O_CLOEXEC | (followsLink ? 0 : s_noFollow));
        if (place.IsInvalid || statx(place, "", AT_EMPTY_PATH, Statx.STATX_TYPE | Statx.STATX_INO, out var facts) != 0)
            return LastError;
        inode = facts.Inode;
        if (!facts.IsRegularFile)
            return 0;
        file = open($"/proc/self/fd/{place.DangerousGetHandle()}", O_CLOEXEC | O_NONBLOCK);
        if (!file.IsInvalid)
            return 0;
        file = null;
        return LastError;
    }

    /// <summary>statx(2) of what a path leads to: its type, its inode and, of a device, its numbers.</summary>
    /// <returns>False where that can't be told.</returns>
    internal static bool TryStat(string path, out Statx facts) =>
        statx(AT_FDCWD, path, 0, Statx.STATX_TYPE | Statx.STATX_INO, out facts) == 0;

    /// <summary>statx(2) of an open file: type, mode, owner and attributes.</summary>
    /// <returns>0, or the errno.</returns>
    internal static int Stat(SafeFileHandle file, out Statx facts) =>
        ErrnoOf(
            statx(
                file,
                "",
                AT_EMPTY_PATH,
                Statx.STATX_TYPE | Statx.STATX_MODE | Statx.STATX_UID | Statx.STATX_GID,
                out facts
            )
        );

    /// <summary>
    /// When a folder was made, in seconds since the epoch; null where that isn't kept, or it isn't kept in memory only.
    /// </summary>
    internal static unsafe double? BirthInMemory(string path)
    {
        // struct statfs differs, but begins with the kind of file system, and is nowhere longer than this.
        var buffer = stackalloc byte[256];
        return statfs(path, buffer) == 0 && *(nint*)buffer == TMPFS_MAGIC ? Birth(path) : null;
    }

    /// <summary>
    /// When what a path leads to was made, in seconds since the epoch; null where that can't be told.
    /// </summary>
    internal static long? Birth(string path) =>
        statx(AT_FDCWD, path, 0, Statx.STATX_BTIME, out var facts) == 0 ? facts.BirthTime : null;

    /// <summary>The text of a link; null where it can't be read.</summary>
    internal static unsafe string? ReadLink(string path)
    {
        Span<byte> buffer = stackalloc byte[256];
        fixed (byte* pointer = buffer)
        {
            var length = readlink(path, pointer, (nuint)buffer.Length);
            return length < 0 ? null : Encoding.UTF8.GetString(buffer[..(int)length]);
        }
    }

    /// <summary>readdir(3): adds the entries of a folder whose names are numbers.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="entries">Gets them.</param>
    /// <param name="most">How many there may be in all.</param>
    /// <returns>0, or the errno; then the list may be cut short. E2BIG where there are more.</returns>
    internal static unsafe int ReadFolder(string path, List<(int Id, ulong Inode)> entries, int most)
    {
        using var folder = opendir(path);
        if (folder.IsInvalid)
            return LastError;
        // struct dirent of every 64-bit architecture, in glibc and musl: inode, offset, length, type, name.
        const int name = 19;
        while (true)
        {
            // At the end it returns null as well, and leaves errno alone: the marshaller has set that to 0 before.
            var entry = readdir(folder);
            if (entry is null)
                return LastError;
            var text = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(entry + name);
            if (!Utf8Parser.TryParse(text, out int id, out var length) || length != text.Length)
                continue;
            if (entries.Count == most)
                return Errno.E2BIG;
            entries.Add((id, *(ulong*)entry));
        }
    }

    internal static unsafe nint Read(SafeFileHandle file, Span<byte> buffer)
    {
        fixed (byte* pointer = buffer)
            return read(file, pointer, (nuint)buffer.Length);
    }

    /// <summary>Whether the caller, as whom it acts now, may write to a file or folder.</summary>
    /// <returns>0, or the errno.</returns>
    internal static int CheckWritable(string path) => ErrnoOf(faccessat(AT_FDCWD, path, W_OK, AT_EACCESS));

    private static int ErrnoOf(int result) => result == 0 ? 0 : LastError;

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle open(string path, int flags);

    [LibraryImport(Library, SetLastError = true)]
    private static unsafe partial nint read(SafeFileHandle file, byte* buffer, nuint count);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int statx(int folder, string path, int flags, uint mask, out Statx facts);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int statx(SafeFileHandle place, string path, int flags, uint mask, out Statx facts);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int statfs(string path, byte* buffer);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial nint readlink(string path, byte* buffer, nuint size);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial FolderHandle opendir(string path);

    [LibraryImport(Library, SetLastError = true)]
    private static unsafe partial byte* readdir(FolderHandle folder);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int faccessat(int folder, string path, int mode, int flags);
}
