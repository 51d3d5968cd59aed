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
internal readonly record struct IpcHead(
    int Id,
    uint Key,
    int Mode,
    uint OwnerId,
    uint GroupId,
    uint CreatorId,
    uint CreatorGroupId,
    long ChangeTime
)
{
    // SHM_DEST and SHM_LOCKED of <linux/shm.h> stand above the permission bits.
    internal const int ModeBits = 0x1FF;

    /// <summary>
    /// Of a structure that IPC_STAT has filled: all kinds begin with struct ipc64_perm, which is the same on all
    /// 64-bit architectures but for what follows the mode (asm-generic/ipcbuf.h).
    /// </summary>
    internal static IpcHead FromStat(int id, ReadOnlySpan<byte> stat, long changeTime) =>
        new(
            id,
            BinaryPrimitives.ReadUInt32LittleEndian(stat),
            BinaryPrimitives.ReadUInt16LittleEndian(stat[20..]) & ModeBits,
            BinaryPrimitives.ReadUInt32LittleEndian(stat[4..]),
            BinaryPrimitives.ReadUInt32LittleEndian(stat[8..]),
            BinaryPrimitives.ReadUInt32LittleEndian(stat[12..]),
            BinaryPrimitives.ReadUInt32LittleEndian(stat[16..]),
            changeTime
        );
}
