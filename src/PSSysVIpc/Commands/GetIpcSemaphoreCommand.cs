using System.Management.Automation;

namespace PSSysVIpc.Commands;

/// <summary>
/// <c>Get-IpcSemaphore</c>: the semaphore sets of this IPC namespace, who owns them and whether anyone still uses them.
/// </summary>
[Cmdlet(VerbsCommon.Get, "IpcSemaphore")]
[OutputType(typeof(IpcSemaphoreSet))]
public sealed class GetIpcSemaphoreCommand : GetIpcObjectCommand<IpcSemaphoreSet>;
