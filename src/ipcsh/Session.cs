using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Text.RegularExpressions;

namespace PSSysVIpc.Shell;

/// <summary>A runspace with the module loaded, and one way to run text in it.</summary>
internal sealed class Session : IDisposable
{
    private readonly ShellUserInterface _ui;
    private readonly ShellHost _host;
    private readonly Runspace _runspace;
    private Pipeline? _running;

    internal Session(Options options)
    {
        // Piped statements are no answers.
        var readsStatements = options is { Command: null, File: null };
        _ui = new ShellUserInterface(Input, options.NonInteractive || readsStatements && Console.IsInputRedirected);
        _host = new ShellHost(_ui);
        var state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([FindModule()]);
        _runspace = RunspaceFactory.CreateRunspace(_host, state);
        _runspace.Open();
        // Modules of an installed pwsh need commands that this shell lacks. The engine, opened, has set the usual folders.
        Environment.SetEnvironmentVariable("PSModulePath", null);
        Console.CancelKeyPress += (_, args) =>
        {
            args.Cancel = true;
            Interrupt();
        };
        if (readsStatements && LineEditor.IsPossible)
            Input.Editor = new LineEditor(Complete, Interrupt);
    }

    internal LineReader Input { get; } = new();

    /// <summary>Set by <c>exit</c>; null while the session goes on.</summary>
    internal int? ExitCode => _host.ExitCode;

    /// <summary>Runs a script with arguments, which bind as those of <c>pwsh -File</c> do.</summary>
    /// <returns>The exit code pwsh would give: what <c>exit</c> said, 1 when it could not run or an error ended it, else 0.</returns>
    internal int RunFile(string path, string[] arguments) => Run($$"""
        $global:LASTEXITCODE = 0; & {{Quote(path)}} {{string.Join(' ', arguments.Select(ToArgument))}}
        if ($?) { exit 0 } elseif ($LASTEXITCODE) { exit $LASTEXITCODE }
        exit [int]($Error[0].Exception.GetType().Name -match '^Param.*Binding|^Parse|^CommandNotFound')
        """);

    /// <summary>Runs text and shows its output.</summary>
    /// <returns>The exit code pwsh would give: what <c>exit</c> said, 1 when the last statement failed, else 0.</returns>
    internal int Run(string text)
    {
        // With history: without it, $? is always true afterwards.
        using var pipeline = _runspace.CreatePipeline(text, addToHistory: true);
        pipeline.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        pipeline.Commands.Add("Out-Default");
        _running = pipeline;
        try
        {
            pipeline.Invoke();
        }
        catch (IncompleteParseException)
        {
            // Of text that ends too early, the engine's own error has nothing to show.
            _ = Parser.ParseInput(text, out _, out var errors);
            Show(new ParseException(errors).ErrorRecord);
        }
        catch (RuntimeException e) when (e is not PipelineStoppedException)
        {
            Show(e.ErrorRecord);
        }

        _running = null;
        var isDone = pipeline.PipelineStateInfo.State == PipelineState.Completed;
        return ExitCode ?? (isDone && _runspace.SessionStateProxy.GetVariable("?") is true ? 0 : 1);
    }

    /// <summary>Whether the text ends in the middle of a statement.</summary>
    internal static bool IsIncomplete(string text)
    {
        _ = Parser.ParseInput(text, out _, out var errors);
        return errors.Any(error => error.IncompleteInput);
    }

    public void Dispose() => _runspace.Dispose();

    // -Name, -Name:value and value; only $true and $false mean more than their letters.
    private static string ToArgument(string word)
    {
        var match = Regex.Match(word, @"^(-[a-z_]\w*)(:.+)?$", RegexOptions.Singleline | RegexOptions.IgnoreCase);
        if (!match.Success)
            return Quote(word);
        var value = match.Groups[2].Value;
        return value.ToLowerInvariant() is "" or ":$true" or ":$false" ? word : $"{match.Groups[1]}:{Quote(value[1..])}";
    }

    private static string Quote(string text) => $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";

    // Not through an error stream: whoever writes a record to one puts his own name on it.
    private void Show(ErrorRecord error)
    {
        using var pipeline = _runspace.CreatePipeline();
        pipeline.Commands.Add("Out-Default");
        _ui.IsShowingError = true;
        pipeline.Invoke(new[] { error });
        _ui.IsShowingError = false;
    }

    private CommandCompletion Complete(string text, int cursor)
    {
        using var engine = PowerShell.Create(_runspace);
        return CommandCompletion.CompleteInput(text, cursor, null, engine);
    }

    private void Interrupt()
    {
        Input.Interrupt();
        _running?.StopAsync();
    }

    // The build puts the shell into artifacts/bin/ipcsh/CONFIGURATION and the module into artifacts/module.
    private static string FindModule()
    {
        var path = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../module/PSSysVIpc/PSSysVIpc.psd1"));
        return File.Exists(path) ? path : throw new FileNotFoundException($"The module isn't at {path}. Run 'dotnet build' first.", path);
    }
}
