using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PSSysVIpc.Boot;
using PSSysVIpc.Ipc;
using PSSysVIpc.Limits;

namespace PSSysVIpc.Commands;

/// <summary>Completes the names of limits, and tells how they stand.</summary>
public class LimitNameCompleter : IArgumentCompleter
{
    private const string Quotes = "'\"";

    private protected virtual bool Offers(LimitDefinition limit) => true;

    /// <summary>The limits that begin with what was typed, of the resources that were given.</summary>
    /// <param name="commandName">Not used.</param>
    /// <param name="parameterName">The parameter.</param>
    /// <param name="wordToComplete">What was typed, perhaps with an opening quote.</param>
    /// <param name="commandAst">The whole line: what stands in the list already isn't offered again.</param>
    /// <param name="fakeBoundParameters">The other parameters, as far as they are known.</param>
    /// <returns>The names.</returns>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters
    )
    {
        var typed = wordToComplete.Trim(Quotes.ToCharArray());
        var resources = fakeBoundParameters[nameof(GetIpcLimitCommand.Resource)] is { } bound
            ? LanguagePrimitives.ConvertTo<string[]>(bound)
            : null;
        var taken = TypedList
            .Others(commandAst, parameterName, wordToComplete)
            .Select(name => $"{name}")
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var snapshot = TryRead(() => new LimitSnapshot(IpcKernel.OpenCurrent(), new BootModel()));
        LimitDefinition[] limits = [.. new LimitSelection(null).Limits(resources).Where(Offers)];
        return
        [
            .. limits.Where(limit => Begins(limit.Name)).Select(limit => Result(limit.Name, ToolTip(limit, snapshot))),
            // Beside all the names they would only be in the way.
            .. limits
                .GroupBy(limit => limit.Sysctl)
                .Where(group => group.Key is { } sysctl && typed.Length > 0 && Begins(sysctl))
                .Select(group => Result(group.Key!, string.Join(", ", group.Select(limit => limit.Name)))),
        ];

        bool Begins(string name) => name.StartsWith(typed, StringComparison.OrdinalIgnoreCase) && !taken.Contains(name);

        static CompletionResult Result(string name, string tip) =>
            new(name, name, CompletionResultType.ParameterValue, tip);
    }

    private static string ToolTip(LimitDefinition limit, LimitSnapshot? snapshot) =>
        TryRead(() => snapshot?.Read(limit)) is { } read
            ? $"{Show(read)}, {read.Status}: {read.Description}"
            : limit.Description;

    private static string Show(IpcLimit limit) =>
        limit.IsUnlimited
            ? LimitDefinition.NoLimit
            : $"{limit.Value} {(limit.Value == 1 ? limit.Unit.TrimEnd('s') : limit.Unit)}".TrimEnd();

    private protected static T? TryRead<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (IpcException)
        {
            return default;
        }
    }
}
