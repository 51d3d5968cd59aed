using System.Management.Automation;

namespace PSSysVIpc.Commands;

/// <summary>
/// <c>Remove-IpcSharedMemory</c>: removes shared memory segments that nobody uses any more. What is or may be in use is
/// refused unless the caller says otherwise; what changed since it was read is refused always.
/// </summary>
[Cmdlet(
    VerbsCommon.Remove,
    "IpcSharedMemory",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium,
    DefaultParameterSetName = InputObjectSet
)]
[OutputType(typeof(IpcSharedMemorySegment))]
public sealed class RemoveIpcSharedMemoryCommand : RemoveIpcObjectCommand<IpcSharedMemorySegment>;
