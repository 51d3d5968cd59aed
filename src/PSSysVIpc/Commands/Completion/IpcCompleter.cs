using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PSSysVIpc.Ipc;
using PSSysVIpc.Kinds;

namespace PSSysVIpc.Commands;

/// <summary>
/// Completes arguments from the objects that exist now. What can't be read, or is not understood, completes nothing and
/// says nothing: somebody is typing.
/// </summary>
public abstract class IpcCompleter : IArgumentCompleter
{
    private protected IpcCompleter() { }

    /// <summary>What fits what was typed and the other parameters, as far as they are known.</summary>
    /// <param name="commandName">The cmdlet: its noun says which kind of objects.</param>
    /// <param name="parameterName">The parameter, which doesn't narrow itself.</param>
    /// <param name="wordToComplete">What was typed, perhaps with quotes.</param>
    /// <param name="commandAst">The whole of it: what stands in the list already isn't offered again.</param>
    /// <param name="fakeBoundParameters">The other parameters, as far as they are known.</param>
    /// <returns>The completions; none where the objects can't be read.</returns>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters
    )
    {
        try
        {
            if (IpcKinds.OfCmdlet(commandName, IpcKernel.OpenCurrent()) is not { } kind)
                return [];
            using var scope = new CompletionScope(kind, parameterName, fakeBoundParameters);
            var taken = TypedList.Others(commandAst, parameterName, wordToComplete).Select(TextOf).ToHashSet();
            return
            [
                .. Complete(TypedWord.Read(wordToComplete), scope)
                    .Where(result => !taken.Contains(result.CompletionText)),
            ];
        }
#pragma warning disable CA1031 // Whatever it is: a prompt is no place for an error.
        catch (Exception)
#pragma warning restore CA1031
        {
            return [];
        }
    }

    private protected abstract IEnumerable<CompletionResult> Complete(string typed, CompletionScope scope);

    /// <summary>How a value that was typed would have been completed.</summary>
    private protected abstract string TextOf(object? value);

    private protected static CompletionResult Result(string text, string shown, string toolTip) =>
        new(text, shown, CompletionResultType.ParameterValue, toolTip);
}
