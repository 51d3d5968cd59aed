using System.Diagnostics;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Shell;

/// <summary>ipcsh at a terminal, as a person has it.</summary>
internal sealed class PromptShell : IDisposable
{
    internal const string Prompt = "ipcsh> ";

    private readonly ShellCommand _command;
    private readonly int _columns;

    /// <summary>Starts it and waits for its first prompt.</summary>
    internal PromptShell(ShellSetting? setting = null, int columns = 200, int rows = 50)
    {
        _columns = columns;
        _command = new ShellCommand(setting ?? new ShellSetting());
        try
        {
            Terminal = new Terminal(_command, columns, rows);
            Welcome = Terminal.WaitFor(Prompt);
        }
        catch
        {
            Terminal?.Dispose();
            _command.Dispose();
            throw;
        }
    }

    internal Terminal Terminal { get; }

    /// <summary>What it said before the first prompt.</summary>
    internal string Welcome { get; }

    /// <summary>Types a statement and waits for the next prompt.</summary>
    /// <returns>What it showed in between.</returns>
    internal string Run(string statement)
    {
        Terminal.Type(statement + "\n");
        Terminal.WaitFor(statement + "\n");
        return Terminal.WaitFor(Prompt);
    }

    /// <summary>Waits until the screen is as <see cref="Screen.Of"/> tells it.</summary>
    internal void WaitForScreen(string expected)
    {
        for (var clock = Stopwatch.StartNew(); Screen.Of(Terminal.Raw, _columns) != expected && clock.Elapsed < Wait.Patience;)
            Thread.Sleep(20);
        Assert.Equal(expected, Screen.Of(Terminal.Raw, _columns));
    }

    /// <summary>Fails unless it still answers.</summary>
    internal void AssertAlive() => Assert.Equal("42\n", Run("6 * 7"));

    /// <summary>Presses Ctrl-C as people do: not in the same moment as the keys before and behind it.</summary>
    internal void Interrupt()
    {
        Thread.Sleep(300);
        Terminal.Type(Terminal.CtrlC);
        Thread.Sleep(300);
    }

    public void Dispose()
    {
        Terminal.Dispose();
        _command.Dispose();
    }
}
