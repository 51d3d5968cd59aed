using System.Management.Automation;

namespace PSSysVIpc.Commands;

/// <summary>What every cmdlet of the module has: one way to report errors, and Ctrl-C that ends loops.</summary>
public abstract class IpcCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    private protected IpcCommand() { }

    private protected CancellationToken Stop => _stop.Token;

    /// <summary>Ends the cmdlet at the next object.</summary>
    protected override void StopProcessing() => _stop.Cancel();

    /// <inheritdoc/>
    protected sealed override void BeginProcessing() => Run(Begin);

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Run(Process);

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => Run(End);

    /// <inheritdoc/>
    public void Dispose()
    {
        Close();
        _stop.Dispose();
        GC.SuppressFinalize(this);
    }

    // Whatever looks at Stop ends so, and the engine expects it to end so.
    private static void Run(Action step)
    {
        try
        {
            step();
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
    }

    private protected void WriteError(IpcException error) => WriteError(error.ToErrorRecord());

    private protected void Fail(IpcException error) => ThrowTerminatingError(error.ToErrorRecord());

    /// <summary>Does something nothing can go on without: an error in it ends the pipeline.</summary>
    private protected T Require<T>(Func<T> step)
    {
        try
        {
            return step();
        }
        catch (IpcException e)
        {
            Fail(e);
            throw;
        }
    }

    private protected virtual void Begin() { }

    private protected virtual void Process() { }

    private protected virtual void End() { }

    /// <summary>
    /// What is to be done however the pipeline ends: with an error, or by Ctrl-C. It can't write to it any more.
    /// </summary>
    private protected virtual void Close() { }

    private protected bool IsWhatIf() =>
        MyInvocation.BoundParameters.TryGetValue("WhatIf", out var given)
            ? LanguagePrimitives.IsTrue(given)
            : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    /// <summary>Whether ShouldProcess asks, with an impact that is Medium.</summary>
    private protected bool MayPrompt() =>
        MyInvocation.BoundParameters.TryGetValue("Confirm", out var given)
            ? LanguagePrimitives.IsTrue(given)
            : LanguagePrimitives.TryConvertTo(GetVariableValue("ConfirmPreference"), out ConfirmImpact preference)
                && preference is ConfirmImpact.Low or ConfirmImpact.Medium;

    /// <summary>Whether ShouldProcess says what is done. -Debug shows what -Verbose does.</summary>
    private protected bool IsVerbose() =>
        MyInvocation.BoundParameters.ContainsKey("Verbose")
        || MyInvocation.BoundParameters.ContainsKey("Debug")
        || !LanguagePrimitives.TryConvertTo(GetVariableValue("VerbosePreference"), out ActionPreference preference)
        || preference != ActionPreference.SilentlyContinue;

    private protected void WarnOfMissingNames(Inspector inspector)
    {
        if (inspector.TakeNameProblem() is { } problem)
            WriteWarning(problem);
    }
}
