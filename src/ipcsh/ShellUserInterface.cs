using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace PSSysVIpc.Shell;

/// <summary>Output to stdout, errors to stderr, and questions answered line by line.</summary>
internal sealed class ShellUserInterface(LineReader input, bool isNonInteractive) : PSHostUserInterface
{
    // As pwsh: https://no-color.org.
    private static readonly bool s_wantsColors =
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") != "dumb";

    public override PSHostRawUserInterface RawUI { get; } = new ShellRawUserInterface();

    /// <summary>Whether all that is written now belongs to an error.</summary>
    internal bool IsShowingError { get; set; }
    public override bool SupportsVirtualTerminal => s_wantsColors && !Console.IsOutputRedirected;
    public override void Write(string value) => Write(value, IsShowingError);
    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);
    public override void WriteLine(string value) => Write(value + "\n");
    public override void WriteErrorLine(string value) => Write(value + "\n", isError: true);
    public override void WriteWarningLine(string message) => WriteLine($"WARNING: {message}");
    public override void WriteVerboseLine(string message) => WriteLine($"VERBOSE: {message}");
    public override void WriteDebugLine(string message) => WriteLine($"DEBUG: {message}");
    public override void WriteProgress(long sourceId, ProgressRecord record) { }
    public override string ReadLine()
    {
        ThrowIfNonInteractive();
        return input.ReadLine() ?? throw new HostException("The input has ended; there is nobody to ask.");
    }

    public override SecureString ReadLineAsSecureString() => throw new NotSupportedException("ipcsh reads no passwords; pwsh does.");
    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
        throw new HostException("ipcsh asks for no values; pwsh does.");

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        ThrowIfNonInteractive();
        WriteLine($"\n{caption}\n{message}");
        while (true)
        {
            foreach (var choice in choices)
                Write($"[{Key(choice.Label)}] {Plain(choice.Label)}  ");
            Write(defaultChoice >= 0 ? $"[?] Help (default is \"{Key(choices[defaultChoice].Label)}\"): " : "[?] Help: ");
            var answer = ReadLine().Trim();
            if (answer.Length == 0 && defaultChoice >= 0)
                return defaultChoice;
            var index = choices.ToList().FindIndex(choice => IsAnswer(choice.Label, answer));
            if (index >= 0)
                return index;
            if (answer != "?")
                continue;
            foreach (var choice in choices)
                WriteLine($"{Key(choice.Label)} - {choice.HelpMessage}");
        }
    }

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        throw new NotSupportedException("ipcsh asks for no credentials; pwsh does.");

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) =>
        PromptForCredential(caption, message, userName, targetName);

    private static string Plain(string label) => label.Replace("&", "", StringComparison.Ordinal);

    // The letter behind the mark; without a mark, the first one.
    private static string Key(string label) => label.Substring(label.IndexOf('&', StringComparison.Ordinal) + 1, 1).ToUpperInvariant();

    private static bool IsAnswer(string label, string answer) =>
        answer.Equals(Key(label), StringComparison.OrdinalIgnoreCase) || answer.Equals(Plain(label), StringComparison.OrdinalIgnoreCase);

    // Colours only where a terminal shows them, and where $PSStyle.OutputRendering lets them through.
    private static void Write(string value, bool isError)
    {
        var isTerminal = isError ? !Console.IsErrorRedirected : !Console.IsOutputRedirected;
        (isError ? Console.Error : Console.Out).Write(GetOutputString(value, s_wantsColors && isTerminal));
    }

    private void ThrowIfNonInteractive()
    {
        if (isNonInteractive)
            throw new HostException("ipcsh runs non-interactively and can't ask.");
    }
}
