using System.Runtime.InteropServices;

namespace PSSysVIpc.Native;

/// <summary>What is used of struct statx (statx(2)). It is the same on every architecture.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal readonly struct Statx
{
    internal const uint STATX_TYPE = 0x1;
    internal const uint STATX_MODE = 0x2;
    internal const uint STATX_UID = 0x8;
    internal const uint STATX_GID = 0x10;
    internal const uint STATX_INO = 0x100;
    internal const uint STATX_BTIME = 0x800;

    // STATX_ATTR_IMMUTABLE and STATX_ATTR_APPEND: what chattr(1) calls i and a.
    private const ulong Unchangeable = 0x30;

    private const int S_IFMT = 0xF000;
    private const int S_IFREG = 0x8000;
    private const int S_IFDIR = 0x4000;
    private const int S_IFCHR = 0x2000;

    // Linux' Documentation/admin-guide/devices.txt.
    private static readonly (uint, uint) s_nullDevice = (1, 3);

    [FieldOffset(0)]
    private readonly uint _mask;

    [FieldOffset(8)]
    private readonly ulong _attributes;

    [FieldOffset(20)]
    internal readonly uint UserId;

    [FieldOffset(24)]
    internal readonly uint GroupId;

    [FieldOffset(28)]
    private readonly ushort _mode;

    [FieldOffset(32)]
    internal readonly ulong Inode;

    [FieldOffset(80)]
    private readonly long _birthSeconds;

    [FieldOffset(128)]
    private readonly uint _deviceMajor;

    [FieldOffset(132)]
    private readonly uint _deviceMinor;

    [FieldOffset(136)]
    private readonly uint _fileSystemMajor;

    [FieldOffset(140)]
    private readonly uint _fileSystemMinor;

    /// <summary>Whether both are the same file or folder, and not two that look alike.</summary>
    internal bool IsSameFile(Statx other) =>
        (Inode, _fileSystemMajor, _fileSystemMinor) == (other.Inode, other._fileSystemMajor, other._fileSystemMinor);

    /// <summary>The device that it lies on.</summary>
    internal (uint Major, uint Minor) Device => (_fileSystemMajor, _fileSystemMinor);

    /// <summary>Its mode without its type.</summary>
    internal uint Permissions => (uint)(_mode & ~S_IFMT);

    /// <summary>Whether not even root may put another in its place, as long as it has that attribute.</summary>
    internal bool IsUnchangeable => (_attributes & Unchangeable) != 0;

    internal bool IsRegularFile => (_mode & S_IFMT) == S_IFREG;

    internal bool IsFolder => (_mode & S_IFMT) == S_IFDIR;

    internal bool IsCharacterDevice => (_mode & S_IFMT) == S_IFCHR;

    /// <summary>Whether it is /dev/null, by whatever name.</summary>
    internal bool IsNullDevice => IsCharacterDevice && (_deviceMajor, _deviceMinor) == s_nullDevice;

    /// <summary>When it was made, in seconds since the epoch; null where the file system doesn't keep that.</summary>
    internal long? BirthTime => (_mask & STATX_BTIME) != 0 ? _birthSeconds : null;
}
