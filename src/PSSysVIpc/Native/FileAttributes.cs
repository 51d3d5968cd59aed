using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace PSSysVIpc.Native;

/// <summary>
/// What a file has beside its content: owner, mode, and extended attributes, an ACL among them (xattr(7)).
/// </summary>
internal static partial class FileAttributes
{
    private const string Library = "libc";
    private const int EOPNOTSUPP = 95;

    // XATTR_LIST_MAX and XATTR_SIZE_MAX of include/uapi/linux/limits.h.
    private const int Largest = 1 << 16;

    // Made from the content by the kernel, and wrong for another one (evm(7), Documentation/security/IMA-templates).
    private static readonly string[] s_ofContent = ["security.ima", "security.evm"];

    /// <summary>Gives a file all of that from another one.</summary>
    /// <returns>0, or the errno of the first that could not be given.</returns>
    internal static int Copy(SafeFileHandle from, SafeFileHandle to)
    {
        if (Libc.Stat(from, out var facts) is not 0 and var errno)
            return errno;
        // In this order: a new owner takes bits of the mode away (chown(2)), and a mode changes the ACL's mask.
        if (fchown(to, facts.UserId, facts.GroupId) != 0)
            return Libc.LastError;
        errno = Libc.SetMode(to, facts.Permissions);
        return errno != 0 ? errno : CopyExtended(from, to);
    }

    private static int CopyExtended(SafeFileHandle from, SafeFileHandle to)
    {
        var list = new byte[Largest];
        var length = flistxattr(from, list, (nuint)list.Length);
        if (length < 0)
            return Libc.LastError == EOPNOTSUPP ? 0 : Libc.LastError;
        var names = Encoding.UTF8.GetString(list, 0, (int)length).Split('\0', StringSplitOptions.RemoveEmptyEntries);
        var value = new byte[Largest];
        foreach (var name in names.Except(s_ofContent))
        {
            var size = fgetxattr(from, name, value, (nuint)value.Length);
            if (size < 0 || fsetxattr(to, name, value, (nuint)size, 0) != 0)
                return Libc.LastError;
        }

        return 0;
    }

    [LibraryImport(Library, SetLastError = true)]
    private static partial int fchown(SafeFileHandle file, uint user, uint group);

    [LibraryImport(Library, SetLastError = true)]
    private static partial nint flistxattr(SafeFileHandle file, byte[] list, nuint size);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint fgetxattr(SafeFileHandle file, string name, byte[] value, nuint size);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int fsetxattr(SafeFileHandle file, string name, byte[] value, nuint size, int flags);
}
