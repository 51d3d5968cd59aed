using System.Text;

namespace PSSysVIpc.Kernel;

/// <summary>
/// The kernel as seen from one IPC namespace: today the one of the thread that opened it. Every call goes through
/// such an object, made and used on one thread.
/// </summary>
internal sealed class IpcKernel
{
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

    internal ProcessScanner Processes { get; } = new();

    /// <exception cref="IpcUnavailableException">Not Linux, or no /proc.</exception>
    internal static IpcKernel OpenCurrent()
    {
        if (!OperatingSystem.IsLinux())
            throw new IpcUnavailableException("System V IPC objects can be listed on Linux only.");
        var file = new ProcFile();
        var bootId = file.Read("/proc/sys/kernel/random/boot_id", out _);
        // A /proc without sys (subset=pid) has no boot id and no table either; the table's error says it better.
        _ = Guid.TryParse(Encoding.ASCII.GetString(bootId).Trim(), out var id);
        return new IpcKernel(NamespaceLink.Read("/proc/thread-self/ns/ipc") ?? 0, id);
    }
}
