using System.Management.Automation;

namespace PSSysVIpc.Commands;

/// <summary>
/// <c>Remove-IpcSemaphore</c>: removes semaphore sets that nobody uses any more. What is or may be in use is refused
/// unless the caller says otherwise; what changed since it was read is refused always.
/// </summary>
[Cmdlet(
    VerbsCommon.Remove,
    "IpcSemaphore",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium,
    DefaultParameterSetName = InputObjectSet
)]
[OutputType(typeof(IpcSemaphoreSet))]
public sealed class RemoveIpcSemaphoreCommand : RemoveIpcObjectCommand<IpcSemaphoreSet>;
