using System.Management.Automation;

namespace PSSysVIpc.Commands;

/// <summary>
/// <c>Get-IpcSharedMemory</c>: the shared memory segments of this IPC namespace, who owns them and whether anyone still
/// uses them.
/// </summary>
[Cmdlet(VerbsCommon.Get, "IpcSharedMemory")]
[OutputType(typeof(IpcSharedMemorySegment))]
public sealed class GetIpcSharedMemoryCommand : GetIpcObjectCommand<IpcSharedMemorySegment>
{
    /// <summary>Also names the processes that are attached: all processes are looked at for that.</summary>
    [Parameter]
    public SwitchParameter IncludeProcess { get; set; }

    private protected override bool NamesAttached => IncludeProcess;
}
