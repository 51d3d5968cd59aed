using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace PSSysVIpc.Ipc;

/// <summary>
/// The layout of struct semid_ds, as IPC_STAT fills it (copy_semid_to_user in ipc/sem.c), on the architectures where it
/// is known.
/// </summary>
internal static class SemidLayout
{
    /// <summary>More than any layout needs.</summary>
    internal const int BufferSize = 256;

    private readonly record struct Layout(int OperationTime, int ChangeTime, int Count);

    // Measured on x64; arm64 from <asm-generic/sembuf.h>, which has no padding between the two times.
    private static readonly Layout? s_layout = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => new(48, 64, 80),
        Architecture.Arm64 => new(48, 56, 64),
        _ => null,
    };

    /// <summary>False on an architecture whose layout isn't known: read the table instead.</summary>
    internal static bool IsKnown => s_layout is not null;

    internal static SemaphoreRow Decode(int id, ReadOnlySpan<byte> buffer)
    {
        var layout = s_layout ?? throw new InvalidOperationException("The layout of semid_ds isn't known here.");
        return new SemaphoreRow
        {
            Id = id,
            Key = BinaryPrimitives.ReadUInt32LittleEndian(buffer),
            OwnerId = BinaryPrimitives.ReadUInt32LittleEndian(buffer[4..]),
            GroupId = BinaryPrimitives.ReadUInt32LittleEndian(buffer[8..]),
            CreatorId = BinaryPrimitives.ReadUInt32LittleEndian(buffer[12..]),
            CreatorGroupId = BinaryPrimitives.ReadUInt32LittleEndian(buffer[16..]),
            Mode = BinaryPrimitives.ReadUInt16LittleEndian(buffer[20..]) & 0x1FF,
            OperationTime = BinaryPrimitives.ReadInt64LittleEndian(buffer[layout.OperationTime..]),
            ChangeTime = BinaryPrimitives.ReadInt64LittleEndian(buffer[layout.ChangeTime..]),
            Count = (int)BinaryPrimitives.ReadInt64LittleEndian(buffer[layout.Count..]),
        };
    }
}
