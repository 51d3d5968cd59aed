using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PSSysVIpc.Native;

/// <summary>The calls that make and change files. Those that give an errno give 0 when all is well.</summary>
internal static partial class Libc
{
    private const int O_CREAT = 0x40;
    private const int O_EXCL = 0x80;
    private const int LOCK_EX = 2;
    private const int LOCK_NB = 4;
    private const uint OwnerOnly = 0x180;

    /// <summary>
    /// Makes a file that wasn't there and opens it for writing. Links are not followed: what is there is an error.
    /// </summary>
    internal static int CreateFile(string path, out SafeFileHandle file)
    {
        file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, OwnerOnly);
        return file.IsInvalid ? LastError : 0;
    }

    /// <summary>Writes all of a text to a file that is there, in one call.</summary>
    /// <param name="path">Its name.</param>
    /// <param name="text">What to write; null to find out only whether it could be written.</param>
    /// <returns>0, or the errno.</returns>
    internal static unsafe int WriteFile(string path, byte[]? text)
    {
        using var file = open(path, O_CLOEXEC | O_WRONLY);
        if (file.IsInvalid)
            return LastError;
        fixed (byte* pointer = text)
            return text is not null && write(file, pointer, (nuint)text.Length) < 0 ? LastError : 0;
    }

    /// <summary>Writes all bytes, in as many calls as it takes.</summary>
    internal static unsafe int Write(SafeFileHandle file, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            fixed (byte* pointer = bytes)
            {
                var count = write(file, pointer, (nuint)bytes.Length);
                if (count < 0 && LastError != Errno.EINTR)
                    return LastError;
                bytes = bytes[(int)Math.Max(count, 0)..];
            }
        }

        return 0;
    }

    internal static int SetMode(SafeFileHandle file, uint mode) => ErrnoOf(fchmod(file, mode));

    /// <summary>Waits until the disk has a file, or the names in a folder.</summary>
    internal static int Sync(SafeFileHandle file) => ErrnoOf(fsync(file));

    internal static int Rename(string path, string newPath) => ErrnoOf(rename(path, newPath));

    internal static int DeleteFile(string path) => ErrnoOf(unlink(path));

    internal static int CreateFolder(string path, uint mode) => ErrnoOf(mkdir(path, mode));

    /// <summary>flock(2), for this open file alone and without waiting: EAGAIN where another has it.</summary>
    internal static int Lock(SafeFileHandle file) => ErrnoOf(flock(file, LOCK_EX | LOCK_NB));

    // open is variadic in C. On Linux x64 and arm64 its third argument travels like a plain one.
    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle open(string path, int flags, uint mode);

    [LibraryImport(Library, SetLastError = true)]
    private static unsafe partial nint write(SafeFileHandle file, byte* buffer, nuint count);

    [LibraryImport(Library, SetLastError = true)]
    private static partial int fchmod(SafeFileHandle file, uint mode);

    [LibraryImport(Library, SetLastError = true)]
    private static partial int fsync(SafeFileHandle file);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int rename(string path, string newPath);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int unlink(string path);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int mkdir(string path, uint mode);

    [LibraryImport(Library, SetLastError = true)]
    private static partial int flock(SafeFileHandle file, int operation);
}
