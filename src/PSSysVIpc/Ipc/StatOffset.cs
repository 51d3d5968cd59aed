using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace PSSysVIpc.Ipc;

/// <summary>
/// Where IPC_STAT puts a number, in bytes from the begin of its structure, on the architectures where that
/// is known.
/// </summary>
/// <param name="X64">On x86-64 (arch/x86/include/uapi/asm).</param>
/// <param name="Arm64">On arm64 (include/uapi/asm-generic).</param>
/// <param name="IsInt">Whether it has 4 bytes, and not 8.</param>
internal readonly record struct StatOffset(int X64, int Arm64, bool IsInt = false)
{
    /// <summary>More than any of the structures needs.</summary>
    internal const int LargestStructure = 256;

    /// <summary>False on another architecture: read the table instead.</summary>
    internal static bool IsKnown => RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

    internal long Read(ReadOnlySpan<byte> structure)
    {
        var number = structure[(RuntimeInformation.ProcessArchitecture == Architecture.X64 ? X64 : Arm64)..];
        return IsInt ? BinaryPrimitives.ReadInt32LittleEndian(number) : BinaryPrimitives.ReadInt64LittleEndian(number);
    }
}

/// <summary>One number of an object, and where the kernel tells it.</summary>
/// <param name="Column">Its column in the table of /proc/sysvipc; null where it has none.</param>
/// <param name="Offset">Where IPC_STAT puts it; null where it doesn't.</param>
internal sealed record IpcField(SysVTable.Column? Column, StatOffset? Offset)
{
    /// <summary>The number where the kernel was asked in the way that doesn't tell it.</summary>
    internal const long Unknown = -1;
}
