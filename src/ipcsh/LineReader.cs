using System.Management.Automation;
using Microsoft.Win32.SafeHandles;

namespace PSSysVIpc.Shell;

/// <summary>Lines of stdin: of the editor, or as they come, with the terminal's own editing if there is one.</summary>
internal sealed class LineReader
{
    private static readonly StreamReader s_input = new(IsOpen() ? new FileStream(new SafeFileHandle(0, false), FileAccess.Read, 1) : Stream.Null, Console.InputEncoding);
    private Task<string?>? _reading;
    private volatile TaskCompletionSource _interrupt = new();

    /// <summary>Null where lines come as they are.</summary>
    internal LineEditor? Editor { get; set; }

    /// <param name="prompt">What a terminal shows in front of the line.</param>
    /// <param name="before">The lines of the same statement that came before; null for an answer.</param>
    /// <exception cref="PipelineStoppedException">Ctrl-C came before the line.</exception>
    internal string? ReadLine(string prompt = "", string? before = null)
    {
        if (Editor is not null)
            return Editor.ReadLine(prompt, before);
        if (!Console.IsInputRedirected)
            Console.Out.Write(prompt);
        var interrupt = _interrupt = new();
        // No read can be called off: the line that an interrupted one gets at last is the next one's.
        _reading ??= Task.Run(s_input.ReadLine);
        if (Task.WaitAny(_reading, interrupt.Task) == 1)
        {
            Console.Out.WriteLine();
            throw new PipelineStoppedException();
        }

        var line = _reading.Result;
        _reading = null;
        return line;
    }

    internal void Interrupt() => _interrupt.TrySetResult();

    // Started without stdin (<&-), the runtime has a file of its own there by now, which never ends. That one is closed
    // in children; one we were started with can't be.
    private static bool IsOpen()
    {
        const int closeOnExec = 0x80000;
        try
        {
            var flags = File.ReadLines("/proc/self/fdinfo/0").First(line => line.StartsWith("flags:", StringComparison.Ordinal))["flags:".Length..];
            return (Convert.ToInt32(flags.Trim(), 8) & closeOnExec) == 0;
        }
        catch (IOException)
        {
            return !Directory.Exists("/proc/self/fdinfo");
        }
    }
}
