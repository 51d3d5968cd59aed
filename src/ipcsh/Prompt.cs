using System.Management.Automation;

namespace PSSysVIpc.Shell;

/// <summary>The prompt: reads a statement, runs it, until <c>exit</c> or the end of the input.</summary>
internal sealed class Prompt(Session session)
{
    private const string Welcome = """
        ipcsh: the PowerShell engine with PSSysVIpc.
        Get-Command -Module PSSysVIpc lists its cmdlets; see Get-Help about_SysVIpc.
        Not here, but in pwsh: Select-Object, Sort-Object, Format-*, Export-*,
        ConvertTo-*, Import-Csv, Set-Location and the like.
        """;

    private readonly bool _isTerminal = !Console.IsInputRedirected;

    internal int Run()
    {
        if (_isTerminal)
            Console.Out.WriteLine(Welcome);
        var last = 0;
        while (session.ExitCode is null && ReadStatement() is { } statement)
        {
            if (!string.IsNullOrWhiteSpace(statement))
                last = session.Run(statement);
        }

        // As in pwsh, what failed at a prompt doesn't fail the shell; what came through a pipe does.
        return session.ExitCode ?? (_isTerminal ? 0 : last);
    }

    private string? ReadStatement()
    {
        try
        {
            var text = session.Input.ReadLine("ipcsh> ", "");
            while (text is not null && Session.IsIncomplete(text))
            {
                // Who sits at a terminal ends by an empty line what would never become complete.
                if (session.Input.ReadLine(">> ", text + "\n") is not { } more || _isTerminal && more.Length == 0)
                    break;
                text += "\n" + more;
            }

            return text;
        }
        catch (PipelineStoppedException)
        {
            return "";
        }
    }
}
