using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace PSSysVIpc.Native;

/// <summary>
/// The IPC calls in a program's machine code, by their numbers (arch/x86/entry/syscalls/syscall_64.tbl): what shows of
/// a program that has its C library in itself and imports nothing. Both glibc and musl load the number shortly before
/// the instruction; a program that gets it from elsewhere, as those of Go do, shows nothing.
/// </summary>
internal static class SystemCallNumbers
{
    // How far before the instruction the number may be loaded.
    private const int MostBefore = 32;

    private const int ChunkSize = 64 * 1024;

    // syscall.
    private static ReadOnlySpan<byte> Instruction => [0x0f, 0x05];

    /// <param name="file">The program.</param>
    /// <param name="offset">Where its code begins.</param>
    /// <param name="size">How much there is of it.</param>
    /// <param name="deadline">Until when.</param>
    /// <exception cref="ExaminationException">The time is over.</exception>
    /// <exception cref="InvalidDataException">The file was cut off meanwhile.</exception>
    internal static IpcCalls Find(SafeFileHandle file, long offset, long size, Deadline deadline)
    {
        var found = IpcCalls.None;
        var chunk = new byte[ChunkSize];
        // Chunks overlap, so that what lies across an end lies whole in the next one.
        var step = ChunkSize - MostBefore - Instruction.Length;
        for (long read = 0; read < size; read += step)
        {
            deadline.Check();
            var part = chunk.AsSpan(0, (int)Math.Min(ChunkSize, size - read));
            if (RandomAccess.Read(file, part, offset + read) < part.Length)
                throw new InvalidDataException();
            found |= FindIn(part);
        }

        return found;
    }

    private static IpcCalls FindIn(ReadOnlySpan<byte> code)
    {
        var found = IpcCalls.None;
        for (var at = 0; code[at..].IndexOf(Instruction) is >= 0 and var next; at += Instruction.Length)
        {
            at += next;
            for (var load = code[Math.Max(0, at - MostBefore)..at]; !load.IsEmpty; load = load[1..])
                found |= CallOf(Loaded(load));
        }

        return found;
    }

    // The number that an instruction loads; 0 where it is another one.
    private static uint Loaded(ReadOnlySpan<byte> code) =>
        code switch
        {
            // mov eax, NUMBER
            [0xb8, _, _, _, _, ..] => BinaryPrimitives.ReadUInt32LittleEndian(code[1..]),
            // mov rax, NUMBER, but for its prefix
            [0xc7, 0xc0, _, _, _, _, ..] => BinaryPrimitives.ReadUInt32LittleEndian(code[2..]),
            // push NUMBER; pop rax
            [0x6a, var number, 0x58, ..] => number,
            _ => 0,
        };

    private static IpcCalls CallOf(uint number) =>
        number switch
        {
            // semget, semop, semctl, semtimedop
            64 or 65 or 66 or 220 => IpcCalls.Semaphore,
            // shmget, shmat, shmctl
            29 or 30 or 31 => IpcCalls.SharedMemory,
            // msgget, msgsnd, msgrcv, msgctl
            68 or 69 or 70 or 71 => IpcCalls.MessageQueue,
            _ => IpcCalls.None,
        };
}
