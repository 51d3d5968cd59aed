using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace PSSysVIpc.Shell;

/// <summary>Output to stdout, errors to stderr, and questions answered line by line.</summary>
internal sealed class ShellUserInterface(bool isNonInteractive) : PSHostUserInterface
{
    public override PSHostRawUserInterface RawUI { get; } = new ShellRawUserInterface();

    public override bool SupportsVirtualTerminal => !Console.IsOutputRedirected;
    // Colours only where a terminal shows them, and where $PSStyle.OutputRendering lets them through.
    public override void Write(string value) => Console.Out.Write(GetOutputString(value, SupportsVirtualTerminal));
    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);
    public override void WriteLine(string value) => Write(value + "\n");
    public override void WriteErrorLine(string value) =>
        Console.Error.WriteLine(GetOutputString(value, SupportsVirtualTerminal && !Console.IsErrorRedirected));
    public override void WriteWarningLine(string message) => WriteLine($"WARNING: {message}");
    public override void WriteVerboseLine(string message) => WriteLine($"VERBOSE: {message}");
    public override void WriteDebugLine(string message) => WriteLine($"DEBUG: {message}");
    public override void WriteProgress(long sourceId, ProgressRecord record) { }
    public override string ReadLine()
    {
        if (isNonInteractive)
            throw new HostException("ipcsh runs non-interactively and can't ask.");
        return Console.In.ReadLine() ?? throw new HostException("The input has ended; there is nobody to ask.");
    }

    public override SecureString ReadLineAsSecureString() => throw new NotSupportedException("ipcsh reads no passwords; pwsh does.");
    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions)
    {
        WriteHeading(caption, message);
        var answers = new Dictionary<string, PSObject>();
        foreach (var field in descriptions)
        {
            Write($"{field.Name}: ");
            answers[field.Name] = PSObject.AsPSObject(ReadLine());
        }

        return answers;
    }

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        WriteHeading(caption, message);
        var keys = choices.Select(choice => Key(choice.Label)).ToArray();
        while (true)
        {
            for (var i = 0; i < keys.Length; i++)
                Write($"[{keys[i]}] {Plain(choices[i].Label)}  ");
            Write(defaultChoice >= 0 ? $"[?] Help (default is \"{keys[defaultChoice]}\"): " : "[?] Help: ");
            var answer = ReadLine().Trim();
            if (answer.Length == 0 && defaultChoice >= 0)
                return defaultChoice;
            var index = choices.ToList().FindIndex(choice => IsAnswer(choice.Label, answer));
            if (index >= 0)
                return index;
            if (answer == "?")
            {
                for (var i = 0; i < keys.Length; i++)
                    WriteLine($"{keys[i]} - {choices[i].HelpMessage}");
            }
        }
    }

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        throw new NotSupportedException("ipcsh asks for no credentials; pwsh does.");

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) =>
        PromptForCredential(caption, message, userName, targetName);

    private static string Plain(string label) => label.Replace("&", "", StringComparison.Ordinal);

    private static bool IsAnswer(string label, string answer) =>
        answer.Equals(Key(label), StringComparison.OrdinalIgnoreCase) || answer.Equals(Plain(label), StringComparison.OrdinalIgnoreCase);

    private static string Key(string label)
    {
        var mark = label.IndexOf('&', StringComparison.Ordinal);
        return mark >= 0 && mark + 1 < label.Length ? label[mark + 1].ToString().ToUpperInvariant() : label;
    }

    private void WriteHeading(string caption, string message)
    {
        if (!string.IsNullOrEmpty(caption))
            WriteLine($"\n{caption}");
        if (!string.IsNullOrEmpty(message))
            WriteLine(message);
    }
}
