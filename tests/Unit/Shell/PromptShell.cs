namespace PSSysVIpc.Tests.Shell;

/// <summary>pwsh with the built module at a terminal, as a person has it.</summary>
internal sealed class PromptShell : IDisposable
{
    private readonly ShellCommand _command;

    /// <summary>Starts it and waits for its first prompt.</summary>
    internal PromptShell(ShellSetting? setting = null)
    {
        _command = new ShellCommand(setting ?? new ShellSetting(), "-NoLogo");
        try
        {
            Terminal = new Terminal(_command);
            WaitForPrompt();
        }
        catch
        {
            Terminal?.Dispose();
            _command.Dispose();
            throw;
        }
    }

    internal Terminal Terminal { get; }

    /// <returns>What it showed before the prompt.</returns>
    internal string WaitForPrompt() => Terminal.WaitFor($"PS {_command.Folder.Root}> ");

    /// <summary>Types a line and waits for the next prompt.</summary>
    /// <returns>What it showed in between.</returns>
    internal string Run(string line)
    {
        Terminal.Type(line + "\r");
        // The line is drawn again and again while it is typed: what comes out begins in the next one.
        Terminal.WaitFor("\n");
        return WaitForPrompt();
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
