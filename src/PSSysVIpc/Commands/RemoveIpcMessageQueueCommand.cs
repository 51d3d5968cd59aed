using System.Management.Automation;

namespace PSSysVIpc.Commands;

/// <summary>
/// <c>Remove-IpcMessageQueue</c>: removes message queues that nobody uses any more. What is or may be in use is refused
/// unless the caller says otherwise; what changed since it was read is refused always.
/// </summary>
[Cmdlet(
    VerbsCommon.Remove,
    "IpcMessageQueue",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium,
    DefaultParameterSetName = InputObjectSet
)]
[OutputType(typeof(IpcMessageQueue))]
public sealed class RemoveIpcMessageQueueCommand : RemoveIpcObjectCommand<IpcMessageQueue>;
