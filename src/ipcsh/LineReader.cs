using System.Management.Automation;
using Microsoft.Win32.SafeHandles;

namespace PSSysVIpc.Shell;

/// <summary>Lines of stdin. Unlike Console's, it leaves the editing to the terminal: there, Ctrl-C discards the line.</summary>
internal sealed class LineReader
{
    private static readonly StreamReader s_input = new(new FileStream(new SafeFileHandle(0, false), FileAccess.Read, 1), Console.InputEncoding);
    private Task<string?>? _reading;
    private volatile TaskCompletionSource _interrupt = new();

    /// <exception cref="PipelineStoppedException">Ctrl-C came before the line.</exception>
    internal string? ReadLine()
    {
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
}
