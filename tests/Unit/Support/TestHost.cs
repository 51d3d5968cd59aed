using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Text;

namespace PSSysVIpc.Tests.Support;

/// <summary>A host that keeps what is written and lets a test answer prompts.</summary>
internal sealed class TestHost : PSHost
{
    private readonly TestUserInterface _ui = new();

    internal StringBuilder Written => _ui.Written;

    /// <summary>
    /// Answers a prompt: gets its text, returns the index of the choice (0 Yes, 1 Yes to All, 2 No, 3 No to All).
    /// </summary>
    internal Func<string, int>? Answer
    {
        set => _ui.Answer = value;
    }

    public override string Name => "test";
    public override Version Version { get; } = new(1, 0);
    public override Guid InstanceId { get; } = Guid.NewGuid();
    public override PSHostUserInterface UI => _ui;
    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;
    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override void SetShouldExit(int exitCode) { }

    public override void EnterNestedPrompt() { }

    public override void ExitNestedPrompt() { }

    public override void NotifyBeginApplication() { }

    public override void NotifyEndApplication() { }

    private sealed class TestUserInterface : PSHostUserInterface
    {
        internal StringBuilder Written { get; } = new();

        internal Func<string, int>? Answer { get; set; }

        public override PSHostRawUserInterface? RawUI => null;

        public override string ReadLine() => throw new HostException("Nobody is there.");

        public override SecureString ReadLineAsSecureString() => throw new HostException("Nobody is there.");

        public override void Write(string value) => Written.Append(value);

        public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
            Written.Append(value);

        public override void WriteLine(string value) => Written.AppendLine(value);

        public override void WriteErrorLine(string value) => Written.AppendLine(value);

        public override void WriteDebugLine(string message) => Written.AppendLine(message);

        public override void WriteVerboseLine(string message) => Written.AppendLine(message);

        public override void WriteWarningLine(string message) => Written.AppendLine(message);

        public override void WriteProgress(long sourceId, ProgressRecord record) { }

        public override Dictionary<string, PSObject> Prompt(
            string caption,
            string message,
            Collection<FieldDescription> descriptions
        ) => throw new HostException("A parameter was prompted for.");

        public override int PromptForChoice(
            string caption,
            string message,
            Collection<ChoiceDescription> choices,
            int defaultChoice
        ) => Answer is { } answer ? answer(message) : throw new HostException("A confirmation was asked for.");

        public override PSCredential PromptForCredential(
            string caption,
            string message,
            string userName,
            string targetName
        ) => throw new HostException("Nobody is there.");

        public override PSCredential PromptForCredential(
            string caption,
            string message,
            string userName,
            string targetName,
            PSCredentialTypes allowedCredentialTypes,
            PSCredentialUIOptions options
        ) => throw new HostException("Nobody is there.");
    }
}
