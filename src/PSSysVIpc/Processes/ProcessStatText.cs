using System.Buffers.Text;
using System.Text;

namespace PSSysVIpc.Processes;

/// <summary>
/// A /proc/PID/stat line, taken apart behind the last ')': a process may call itself <c>a) Z (b</c> (proc(5)).
/// </summary>
internal readonly ref struct ProcessStatText
{
    // Positions behind the name: state is 0.
    private const int ParentField = 1;
    private const int SessionField = 3;
    private const int FlagsField = 6;
    private const int ThreadsField = 17;
    private const int StartField = 19;

    // PF_KTHREAD of include/linux/sched.h.
    private const long KernelThreadFlag = 0x00200000;

    internal ProcessStatText(ReadOnlySpan<byte> text)
    {
        var open = text.IndexOf((byte)'(');
        var close = text.LastIndexOf((byte)')');
        if (open < 0 || close < open)
            return;
        Name = Printable.Of(Encoding.UTF8.GetString(text[(open + 1)..close]));
        var rest = text[(close + 1)..].TrimStart((byte)' ');
        IsEnded = rest is [(byte)'Z' or (byte)'X' or (byte)'x', ..];
        for (var field = 0; field <= StartField; field++)
        {
            rest = rest.TrimStart((byte)' ');
            var end = rest.IndexOf((byte)' ');
            var value = end < 0 ? rest : rest[..end];
            rest = rest[value.Length..];
            if (!Utf8Parser.TryParse(value, out long number, out _))
                continue;
            switch (field)
            {
                case ParentField:
                    ParentId = (int)number;
                    break;
                case SessionField:
                    SessionId = (int)number;
                    break;
                case FlagsField:
                    IsKernelThread = (number & KernelThreadFlag) != 0;
                    break;
                case ThreadsField:
                    ThreadCount = (int)number;
                    break;
                case StartField:
                    StartTicks = number;
                    break;
            }
        }
    }

    /// <summary>As it can be shown; null when the line is no such line.</summary>
    internal string? Name { get; }

    /// <summary>Its main thread is a zombie, or dead; another thread may live.</summary>
    internal bool IsEnded { get; }

    internal int ParentId { get; }
    internal int SessionId { get; }
    internal bool IsKernelThread { get; }
    internal int ThreadCount { get; }

    /// <summary>Clock ticks from boot to the start of the process.</summary>
    internal long StartTicks { get; }
}
