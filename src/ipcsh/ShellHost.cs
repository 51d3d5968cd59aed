using System.Globalization;
using System.Management.Automation.Host;

namespace PSSysVIpc.Shell;

/// <summary>What the engine needs to know of the shell around it.</summary>
internal sealed class ShellHost(PSHostUserInterface ui) : PSHost
{
    internal int? ExitCode { get; private set; }
    public override string Name => "ipcsh";
    public override Version Version { get; } = typeof(ShellHost).Assembly.GetName().Version!;
    public override Guid InstanceId { get; } = Guid.NewGuid();
    public override PSHostUserInterface UI => ui;
    public override CultureInfo CurrentCulture { get; } = CultureInfo.CurrentCulture;
    public override CultureInfo CurrentUICulture { get; } = CultureInfo.CurrentUICulture;
    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;
    public override void EnterNestedPrompt() => throw new NotSupportedException("ipcsh has no nested prompts; pwsh has.");
    public override void ExitNestedPrompt() => throw new NotSupportedException("ipcsh has no nested prompts; pwsh has.");
    public override void NotifyBeginApplication() { }
    public override void NotifyEndApplication() { }
}
