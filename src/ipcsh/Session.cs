using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;

namespace PSSysVIpc.Shell;

/// <summary>A runspace with the module loaded, and one way to run text in it.</summary>
internal sealed class Session : IDisposable
{
    private const int Interrupted = 130;
    private readonly ShellHost _host;
    private readonly Runspace _runspace;
    private Pipeline? _running;

    internal Session(Options options)
    {
        // Modules of an installed pwsh need commands that this shell lacks.
        Environment.SetEnvironmentVariable("PSModulePath", "");
        _host = new ShellHost(new ShellUserInterface(options.NonInteractive || Console.IsInputRedirected && options.Command is null && options.File is null));
        var state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([FindModule()]);
        _runspace = RunspaceFactory.CreateRunspace(_host, state);
        _runspace.Open();
        Console.CancelKeyPress += Interrupt;
    }

    /// <summary>Set by <c>exit</c>; null while the session goes on.</summary>
    internal int? ExitCode => _host.ExitCode;

    /// <summary>Runs a script with arguments, which bind as they would at the command line.</summary>
    internal int RunFile(string path, string[] arguments)
    {
        var words = string.Join(' ', arguments.Select(word => IsParameterName(word) ? word : Quote(word)));
        return Run($"& {Quote(path)} {words}; if ($?) {{ exit 0 }} else {{ exit $(if ($LASTEXITCODE) {{ $LASTEXITCODE }} else {{ 1 }}) }}");
    }

    /// <summary>Runs text and shows its output.</summary>
    /// <returns>The exit code pwsh would give: 0, 1 when the last statement failed, or what <c>exit</c> said.</returns>
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
            return ExitCode ?? (_runspace.SessionStateProxy.GetVariable("?") is false ? 1 : 0);
        }
        catch (PipelineStoppedException)
        {
            return ExitCode ?? Interrupted;
        }
        catch (RuntimeException e)
        {
            Show(e.ErrorRecord);
            return ExitCode ?? 1;
        }
        finally
        {
            _running = null;
        }
    }

    /// <summary>Whether the text ends in the middle of a statement.</summary>
    internal static bool IsIncomplete(string text)
    {
        _ = Parser.ParseInput(text, out _, out var errors);
        return errors.Any(error => error.IncompleteInput);
    }

    public void Dispose()
    {
        Console.CancelKeyPress -= Interrupt;
        _runspace.Dispose();
    }

    private static bool IsParameterName(string word) =>
        word.Length > 1 && word[0] == '-' && char.IsLetter(word[1]) && word.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or ':' or '$');

    private static string Quote(string text) => $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";

    // Through the error stream of a function, so that it is shown as, and where, every other error is.
    private void Show(ErrorRecord error)
    {
        using var pipeline = _runspace.CreatePipeline();
        var write = new Command("[CmdletBinding()] param($e) $PSCmdlet.WriteError($e)", isScript: true);
        write.Parameters.Add("e", error);
        write.MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        pipeline.Commands.Add(write);
        pipeline.Commands.Add("Out-Default");
        pipeline.Invoke();
    }

    private void Interrupt(object? sender, ConsoleCancelEventArgs args)
    {
        args.Cancel = true;
        _running?.StopAsync();
    }

    // The build puts the shell into artifacts/bin/ipcsh/CONFIGURATION and the module into artifacts/module.
    private static string FindModule()
    {
        var path = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../module/PSSysVIpc/PSSysVIpc.psd1"));
        return File.Exists(path) ? path : throw new FileNotFoundException($"The module isn't at {path}. Run 'dotnet build' first.", path);
    }
}
