using System.Management.Automation;
using PSSysVIpc.Ipc;
using PSSysVIpc.Kinds;

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
public sealed class RemoveIpcSemaphoreCommand : RemoveIpcObjectCommand<IpcSemaphoreSet>
{
    private protected override IpcKind<IpcSemaphoreSet> Open(IpcKernel kernel) => new SemaphoreKind(kernel);
}
