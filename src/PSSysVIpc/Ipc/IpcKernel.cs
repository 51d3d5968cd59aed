using System.Text;
using PSSysVIpc.Native;

namespace PSSysVIpc.Ipc;

/// <summary>
/// The kernel as seen from one IPC namespace: today the one of the thread that opened it. Every call goes through
/// such an object, made and used on one thread.
/// </summary>
internal sealed class IpcKernel
{
    private const string BootIdPath = "/proc/sys/kernel/random/boot_id";
    private const string NamespacePath = "/proc/thread-self/ns/ipc";

    private IpcKernel(ulong namespaceId, Guid bootId)
    {
        NamespaceId = namespaceId;
        BootId = bootId;
    }

    /// <summary>The inode of the IPC namespace. The first one has the same inode on every host.</summary>
    internal ulong NamespaceId { get; }

    /// <summary>Differs on every host and after every boot.</summary>
    internal Guid BootId { get; }

    internal SemaphoreCalls Semaphores { get; } = new();

    internal SysctlFile Sysctls { get; } = new();

    /// <exception cref="IpcUnavailableException">Not Linux, or no /proc.</exception>
    internal static IpcKernel OpenCurrent()
    {
        if (!OperatingSystem.IsLinux())
            throw new IpcUnavailableException("System V IPC objects can be listed on Linux only.");
        var file = new ProcFile();
        // Without them an object could be taken for one of another machine or container.
        if (!Guid.TryParse(Encoding.ASCII.GetString(file.Read(BootIdPath, out var errno)).Trim(), out var bootId))
            throw Errno.ToUnavailable(errno, BootIdPath);
        return NamespaceLink.Read(NamespacePath) is { } inode
            ? new IpcKernel(inode, bootId)
            : throw Errno.ToUnavailable("it is no link to an IPC namespace", NamespacePath);
    }
}
