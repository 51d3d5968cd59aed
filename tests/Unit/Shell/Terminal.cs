using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Win32.SafeHandles;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Shell;

/// <summary>A terminal that a program runs at, and a person at its keyboard.</summary>
internal sealed partial class Terminal : IDisposable
{
    internal const string CtrlC = "\u0003";
    private const string CursorQuestion = "\e[6n";

    private readonly SafeFileHandle _theirs;
    private readonly FileStream _ours;
    private readonly Process _process;
    private readonly Thread _reader;
    private readonly StringBuilder _shown = new();
    private readonly int _rows;
    private int _read;
    private int _answered;

    /// <summary>Starts a shell at a terminal of its own.</summary>
    internal Terminal(ShellCommand shell, int columns = 200, int rows = 50)
    {
        _rows = rows;
        var (ours, theirs, path) = Pty.Open(columns, rows);
        _theirs = theirs;
        _ours = new FileStream(ours, FileAccess.ReadWrite, bufferSize: 0);
        // A session of its own: else Ctrl-C would mean the test, too. With the signals of a terminal: where the tests
        // run in the background, they are ignored.
        _process = Process.Start(
            shell.ToStart(
                "env",
                "--default-signal=INT,QUIT",
                "sh",
                "-c",
                "exec setsid --ctty \"$@\" <\"$0\" >\"$0\" 2>&1",
                path
            )
        )!;
        _reader = new Thread(Read) { IsBackground = true };
        _reader.Start();
    }

    /// <summary>All it has shown, with control sequences.</summary>
    internal string Raw
    {
        get
        {
            lock (_shown)
                return _shown.ToString();
        }
    }

    internal void Type(string keys) => _ours.Write(Encoding.UTF8.GetBytes(keys));

    /// <summary>Waits until it shows a text behind what was waited for before.</summary>
    /// <returns>What it showed up to there, without control sequences.</returns>
    internal string WaitFor(string text)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var isLast = HasEnded();
            var screen = Screen();
            var found = screen.IndexOf(text, _read, StringComparison.Ordinal);
            if (found >= 0)
            {
                var passed = screen[_read..found];
                _read = found + text.Length;
                return passed;
            }

            Assert.True(
                !isLast && clock.Elapsed < Wait.Patience,
                $"The terminal never showed '{text}'. What it did show:\n{screen}"
            );
            Thread.Sleep(5);
        }
    }

    /// <summary>Waits for the program's end.</summary>
    internal int WaitForExit()
    {
        Assert.True(_process.WaitForExit(Wait.Patience), $"It didn't end. The terminal shows:\n{Screen()}");
        return _process.ExitCode;
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        HasEnded();
        _process.Dispose();
        _ours.Dispose();
    }

    [GeneratedRegex(@"\e\[[0-9;?]*[A-Za-z]|\e[=>]|\r")]
    private static partial Regex Control { get; }

    // As every terminal answers who asks where the cursor is: PSReadLine waits for it. Close enough for lines that fit.
    private void Answer()
    {
        for (var asked = Raw.Split(CursorQuestion).Length - 1; _answered < asked; _answered++)
        {
            var lines = Screen().Split('\n');
            Type($"\e[{Math.Min(lines.Length, _rows)};{lines[^1].Length + 1}R");
        }
    }

    private string Screen() => Control.Replace(Raw, "");

    /// <summary>Whether the program has ended and all it wrote has been read.</summary>
    private bool HasEnded()
    {
        if (!_process.HasExited)
            return false;
        // The reader sees the end when nobody has their end open any more.
        _theirs.Dispose();
        return _reader.Join(Wait.Patience);
    }

    private void Read()
    {
        var buffer = new byte[4096];
        var decoder = Encoding.UTF8.GetDecoder();
        var letters = new char[4096];
        try
        {
            while (_ours.Read(buffer) is > 0 and var count)
            {
                var length = decoder.GetChars(buffer, 0, count, letters, 0);
                lock (_shown)
                    _shown.Append(letters, 0, length);
                Answer();
            }
        }
        catch (IOException)
        {
            // How a pseudo-terminal says that nobody is at its other end.
        }
    }
}
