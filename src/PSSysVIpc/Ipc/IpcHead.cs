using System.Buffers.Binary;

namespace PSSysVIpc.Ipc;

/// <summary>
/// What objects of every kind have: their id, struct ipc_perm (sysvipc(7)), and when they were made or last changed.
/// </summary>
/// <param name="Id">The number that the kernel knows it by.</param>
/// <param name="Key">0 for none (IPC_PRIVATE).</param>
/// <param name="Mode">The permission bits, 0 to 0777 (octal).</param>
/// <param name="OwnerId">The owner's user id.</param>
/// <param name="GroupId">Its group.</param>
/// <param name="CreatorId">The user id of who made it.</param>
/// <param name="CreatorGroupId">The group of who made it.</param>
/// <param name="ChangeTime">In seconds since the epoch.</param>
/// <param name="Flags">What stands above the permission bits: SHM_DEST and SHM_LOCKED of &lt;linux/shm.h&gt;.</param>
internal readonly record struct IpcHead(
    int Id,
    uint Key,
    int Mode,
    uint OwnerId,
    uint GroupId,
    uint CreatorId,
    uint CreatorGroupId,
    long ChangeTime,
    int Flags = 0
)
{
    private const int PermissionBits = 0x1FF;

    /// <summary>What of a whole mode are permission bits, and what stands above them.</summary>
    internal static (int Mode, int Flags) Split(int mode) => (mode & PermissionBits, mode & ~PermissionBits);

    /// <summary>
    /// Of a structure that IPC_STAT has filled: all kinds begin with struct ipc64_perm, which is the same on all
    /// 64-bit architectures but for what follows the mode (asm-generic/ipcbuf.h).
    /// </summary>
    internal static IpcHead FromStat(int id, ReadOnlySpan<byte> stat, long changeTime)
    {
        var (mode, flags) = Split(BinaryPrimitives.ReadUInt16LittleEndian(stat[20..]));
        return new(
            id,
            BinaryPrimitives.ReadUInt32LittleEndian(stat),
            mode,
            BinaryPrimitives.ReadUInt32LittleEndian(stat[4..]),
            BinaryPrimitives.ReadUInt32LittleEndian(stat[8..]),
            BinaryPrimitives.ReadUInt32LittleEndian(stat[12..]),
            BinaryPrimitives.ReadUInt32LittleEndian(stat[16..]),
            changeTime,
            flags
        );
    }
}
