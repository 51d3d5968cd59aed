using System.Runtime.InteropServices;

namespace PSSysVIpc.Native;

/// <summary>The calls that make and change files. Those that give an errno give 0 when all is well.</summary>
internal static partial class Libc
{
    private const int WriteAccess = 2;
    private const int EffectiveAccess = 0x200;
    private const int Create = 0x40;
    private const int Exclusive = 0x80;
    private const int ExclusiveLock = 2;
    private const int WithoutWaiting = 4;
    private const uint OwnerOnly = 0x180;

    /// <summary>Makes a file that wasn't there and opens it for writing. Links are not followed: what is there is an error.</summary>
    internal static int CreateFile(string path, out int descriptor)
    {
        descriptor = open(path, WriteOnly | Create | Exclusive | CloseOnExec, OwnerOnly);
        return descriptor < 0 ? LastError : 0;
    }

    /// <summary>Writes all bytes, in as many calls as it takes.</summary>
    internal static unsafe int Write(int descriptor, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            fixed (byte* pointer = bytes)
            {
                var count = write(descriptor, pointer, (nuint)bytes.Length);
                if (count < 0 && LastError != Errno.EINTR)
                    return LastError;
                bytes = bytes[(int)Math.Max(count, 0)..];
            }
        }

        return 0;
    }

    internal static int SetMode(int descriptor, uint mode) => ErrnoOf(fchmod(descriptor, mode));

    /// <summary>Waits until the disk has a file, or the names in a folder.</summary>
    internal static int Sync(int descriptor) => ErrnoOf(fsync(descriptor));

    internal static int Rename(string path, string newPath) => ErrnoOf(rename(path, newPath));

    internal static int DeleteFile(string path) => ErrnoOf(unlink(path));

    internal static int CreateFolder(string path, uint mode) => ErrnoOf(mkdir(path, mode));

    /// <summary>flock(2), for this open file alone and without waiting: EAGAIN where another has it.</summary>
    internal static int Lock(int descriptor) => ErrnoOf(flock(descriptor, ExclusiveLock | WithoutWaiting));

    /// <summary>Whether the caller, as whom it acts now, may write to a file or folder.</summary>
    /// <returns>0, or the errno.</returns>
    internal static int CheckWritable(string path) => ErrnoOf(faccessat(CurrentFolder, path, WriteAccess, EffectiveAccess));

    private static int ErrnoOf(int result) => result == 0 ? 0 : LastError;

    // open is variadic in C. On Linux x64 and arm64 its third argument travels like a plain one.
    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags, uint mode);

    [LibraryImport(Library, SetLastError = true)]
    private static partial int fchmod(int descriptor, uint mode);

    [LibraryImport(Library, SetLastError = true)]
    private static partial int fsync(int descriptor);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int rename(string path, string newPath);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int unlink(string path);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int mkdir(string path, uint mode);

    [LibraryImport(Library, SetLastError = true)]
    private static partial int flock(int descriptor, int operation);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int faccessat(int folder, string path, int mode, int flags);
}
