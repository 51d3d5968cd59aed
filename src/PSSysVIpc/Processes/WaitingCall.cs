using System.Buffers.Text;
using System.Runtime.InteropServices;
using PSSysVIpc.Native;

namespace PSSysVIpc.Processes;

/// <summary>
/// A call on an IPC object in which a thread sleeps, as a line of /proc/PID/task/TID/syscall shows it: <c>70 0x5
/// 0x7ffe… 0xa 0x7 …</c> (proc(5)). Only calls that wait are known (syscalls(2), and arch/x86/entry/syscalls for the
/// numbers); where the numbers aren't known, nobody is named.
/// </summary>
/// <param name="Calls">The kind of objects.</param>
/// <param name="Id">The object's id.</param>
/// <param name="Direction">What it waits for.</param>
/// <param name="MessageType">As msgrcv(2) takes it; null for another call, or where it isn't shown.</param>
internal readonly record struct WaitingCall(IpcCalls Calls, int Id, WaitDirection Direction, long? MessageType)
{
    // A thread that was stopped by a signal is still in its call, and shows the same: no need to ask wchan.
    /// <returns>Null for another call, or none.</returns>
    internal static WaitingCall? Read(ReadOnlySpan<byte> line)
    {
        Span<ulong> arguments = stackalloc ulong[6];
        if (!Utf8Parser.TryParse(line, out int call, out var length) || !TryReadArguments(line[length..], arguments))
            return null;
        return RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => OfX64(call, arguments) ?? Of32Bits(call, arguments),
            Architecture.Arm64 => OfArm64(call, arguments),
            _ => null,
        };
    }

    private static bool TryReadArguments(ReadOnlySpan<byte> text, Span<ulong> arguments)
    {
        foreach (ref var argument in arguments)
        {
            if (!text.StartsWith(" 0x"u8) || !Utf8Parser.TryParse(text[3..], out argument, out var length, 'x'))
                return false;
            text = text[(3 + length)..];
        }

        return true;
    }

    // semop, semtimedop; msgsnd; msgrcv, whose fourth argument is the type.
    private static WaitingCall? OfX64(int call, ReadOnlySpan<ulong> arguments) =>
        call switch
        {
            65 or 220 => OnSemaphore(arguments[0]),
            69 => Send(arguments[0]),
            70 => Receive(arguments[0], (long)arguments[3]),
            _ => null,
        };

    private static WaitingCall? OfArm64(int call, ReadOnlySpan<ulong> arguments) =>
        call switch
        {
            193 or 192 => OnSemaphore(arguments[0]),
            189 => Send(arguments[0]),
            188 => Receive(arguments[0], (long)arguments[3]),
            _ => null,
        };

    // Of programs of 32 bits (syscall_32.tbl): semtimedop_time64, msgsnd and msgrcv, and ipc, whose first argument says
    // which call it is, as SEMOP, SEMTIMEDOP, MSGSND and MSGRCV of <linux/ipc.h>.
    private static WaitingCall? Of32Bits(int call, ReadOnlySpan<ulong> arguments) =>
        (call, arguments[0] & 0xFFFF) switch
        {
            (420, _) => OnSemaphore(arguments[0]),
            (400, _) => Send(arguments[0]),
            (401, _) => Receive(arguments[0], (int)arguments[3]),
            (117, 1 or 4) => OnSemaphore(arguments[1]),
            (117, 11) => Send(arguments[1]),
            // What it wants stands in the process's memory, unless the call is of the newer version (ksys_ipc in
            // ipc/syscall.c).
            (117, 12) => Receive(arguments[1], arguments[0] >> 16 == 0 ? null : (int)arguments[5]),
            _ => null,
        };

    private static WaitingCall OnSemaphore(ulong id) => new(IpcCalls.Semaphore, (int)id, WaitDirection.None, null);

    private static WaitingCall Send(ulong id) => new(IpcCalls.MessageQueue, (int)id, WaitDirection.Send, null);

    private static WaitingCall Receive(ulong id, long? type) =>
        new(IpcCalls.MessageQueue, (int)id, WaitDirection.Receive, type);
}
