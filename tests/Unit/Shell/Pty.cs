using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PSSysVIpc.Tests.Shell;

/// <summary>A pseudo-terminal, by the C library.</summary>
internal static partial class Pty
{
    // Read and write, not as our own controlling terminal, closed in children.
    private const int OpenFlags = 0x2 | 0x100 | 0x80000;
    private const nuint SetWindowSize = 0x5414;

    [StructLayout(LayoutKind.Sequential)]
    private struct WindowSize
    {
        internal ushort Rows;
        internal ushort Columns;
        internal ushort Width;
        internal ushort Height;
    }

    /// <summary>Opens both ends of a new one.</summary>
    /// <returns>Our end, the end of whoever runs at it, and the path of that end.</returns>
    internal static (SafeFileHandle Ours, SafeFileHandle Theirs, string Path) Open(int columns, int rows)
    {
        var ours = Check(posix_openpt(OpenFlags));
        Check(grantpt(ours));
        Check(unlockpt(ours));
        var name = new byte[128];
        Check(-ptsname_r(ours, name, (nuint)name.Length));
        var path = System.Text.Encoding.ASCII.GetString(name.AsSpan(0, name.AsSpan().IndexOf((byte)0)));
        var size = new WindowSize { Rows = (ushort)rows, Columns = (ushort)columns };
        Check(ioctl(ours, SetWindowSize, ref size));
        return (
            new SafeFileHandle(ours, ownsHandle: true),
            new SafeFileHandle(Check(open(path, OpenFlags)), ownsHandle: true),
            path
        );
    }

    private static int Check(int result) =>
        result >= 0 ? result : throw new Win32Exception(Marshal.GetLastPInvokeError());

    [LibraryImport("libc", SetLastError = true)]
    private static partial int posix_openpt(int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int grantpt(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int unlockpt(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ptsname_r(int descriptor, [Out] byte[] name, nuint length);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ioctl(int descriptor, nuint request, ref WindowSize size);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);
}
