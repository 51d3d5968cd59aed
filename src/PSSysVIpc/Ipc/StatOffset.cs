using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace PSSysVIpc.Ipc;

/// <summary>
/// Where IPC_STAT puts a number of 8 bytes, in bytes from the begin of its structure, on the architectures where that
/// is known.
/// </summary>
/// <param name="X64">On x86-64 (arch/x86/include/uapi/asm).</param>
/// <param name="Arm64">On arm64 (include/uapi/asm-generic).</param>
internal readonly record struct StatOffset(int X64, int Arm64)
{
    /// <summary>More than any of the structures needs.</summary>
    internal const int LargestStructure = 256;

    /// <summary>False on another architecture: read the table instead.</summary>
    internal static bool IsKnown => RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

    internal long Read(ReadOnlySpan<byte> structure) =>
        BinaryPrimitives.ReadInt64LittleEndian(
            structure[(RuntimeInformation.ProcessArchitecture == Architecture.X64 ? X64 : Arm64)..]
        );
}

/// <summary>One number of an object, and where the kernel tells it.</summary>
/// <param name="Column">Its column in the table of /proc/sysvipc.</param>
/// <param name="Offset">Where IPC_STAT puts it.</param>
internal sealed record IpcField(SysVTable.Column Column, StatOffset Offset);
