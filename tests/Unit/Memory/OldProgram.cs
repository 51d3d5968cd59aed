using System.Buffers.Binary;
using System.ComponentModel;
using System.Diagnostics;
using PSSysVIpc.Tests.Apache;

namespace PSSysVIpc.Tests.Memory;

/// <summary>
/// A program of 32 bits that does one system call and ends, as a file: the fields that the kernel looks at (elf(5)),
/// and the machine code.
/// </summary>
internal static class OldProgram
{
    private const uint Base = 0x08048000;
    private const int HeaderSize = 52;
    private const int SegmentHeaderSize = 32;

    private const uint Exit = 1;
    private static readonly Lazy<bool> s_runs = new(TryRun);

    /// <summary>Whether the kernel runs such programs.</summary>
    internal static bool Runs => s_runs.Value;

    // What the call can read and write.
    internal const uint Data = Base + 0x800;

    private static bool TryRun()
    {
        using var folder = new TempFolder();
        var path = folder.PathOf("old");
        Write(path, Exit, 0);
        try
        {
            using var process = Process.Start(path);
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    /// <param name="path">Where to write it.</param>
    /// <param name="call">The call's number (syscall_32.tbl).</param>
    /// <param name="arguments">Up to six, as they go into the registers ebx, ecx, edx, esi, edi and ebp.</param>
    internal static void Write(string path, uint call, params uint[] arguments)
    {
        // mov ebx, ecx, edx, esi, edi, ebp.
        byte[] loads = [0xbb, 0xb9, 0xba, 0xbe, 0xbf, 0xbd];
        var code = new List<byte>();
        for (var index = 0; index < arguments.Length; index++)
            Load(loads[index], arguments[index]);
        Load(0xb8, call);
        // int 0x80; mov eax, 1 (exit); int 0x80.
        code.AddRange([0xcd, 0x80, 0xb8, 1, 0, 0, 0, 0xcd, 0x80]);

        var file = new byte[4096];
        // ELFCLASS32, little-endian; ET_EXEC, EM_386.
        ((byte[])[0x7f, (byte)'E', (byte)'L', (byte)'F', 1, 1, 1]).CopyTo(file, 0);
        Put16(16, 2);
        Put16(18, 3);
        Put32(20, 1);
        Put32(24, Base + HeaderSize + SegmentHeaderSize);
        Put32(28, HeaderSize);
        Put16(40, HeaderSize);
        Put16(42, SegmentHeaderSize);
        Put16(44, 1);
        // One segment of type PT_LOAD, to be read, written and executed.
        uint[] segment = [1, 0, Base, Base, (uint)file.Length, (uint)file.Length, 7, 0x1000];
        for (var field = 0; field < segment.Length; field++)
            Put32(HeaderSize + field * sizeof(uint), segment[field]);
        code.CopyTo(file, HeaderSize + SegmentHeaderSize);
        // A message of type 1.
        Put32((int)(Data - Base), 1);
        File.WriteAllBytes(path, file);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        void Load(byte instruction, uint value)
        {
            code.Add(instruction);
            code.AddRange(BitConverter.GetBytes(value));
        }

        void Put16(int at, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(at), value);

        void Put32(int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(at), value);
    }
}
