using System.Text;
using PSSysVIpc.Native;
using PSSysVIpc.Processes;

namespace PSSysVIpc.Ipc;

/// <summary>
/// The kernel as seen from one IPC namespace, and the only door to its tables, calls and sysctls: today that of the
/// thread that opened it. Made and used on one thread.
/// </summary>
internal sealed class IpcKernel
{
    private const string BootIdPath = "/proc/sys/kernel/random/boot_id";
    private const string NamespacePath = "/proc/thread-self/ns/ipc";

    // CAP_SYS_ADMIN (capabilities(7)).
    private const int AdminCapability = 21;

    private readonly ProcFile _file = new();
    private readonly Lazy<HashSet<ulong>?> _owners = new(() => NamespaceLink.ReadOwners(NamespacePath));

    private IpcKernel(ulong namespaceId, Guid bootId)
    {
        NamespaceId = namespaceId;
        BootId = bootId;
    }

    /// <summary>The inode of the IPC namespace. The first one has the same inode on every host.</summary>
    internal ulong NamespaceId { get; }

    /// <summary>Differs on every host and after every boot.</summary>
    internal Guid BootId { get; }

    internal SysctlFile Sysctls { get; } = new();

    /// <summary>
    /// The user namespaces in which a capability counts for the objects; null where they are owned from outside the
    /// caller's own.
    /// </summary>
    internal IReadOnlySet<ulong>? Owners => _owners.Value;

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

    /// <summary>
    /// A table of /proc/sysvipc (sysvipc(7)), which shows everybody's objects and needs no right on them.
    /// </summary>
    /// <param name="path">Its name.</param>
    /// <returns>Its text, good until the next table is read.</returns>
    /// <exception cref="IpcUnavailableException">There is no such table here.</exception>
    internal ReadOnlySpan<byte> ReadTable(string path)
    {
        var text = _file.Read(path, out var errno);
        return errno == 0 ? text : throw Errno.ToUnavailable(errno, path);
    }

    /// <summary>semctl(2) with a command whose result is an int and that takes no argument.</summary>
    /// <returns>Below 0 where it fails; then <see cref="Libc.LastError"/> says why.</returns>
    internal int SemaphoreControl(int id, int number, int command) => Libc.SemaphoreControl(id, number, command);

    /// <summary>The same with a command that fills a structure.</summary>
    internal int SemaphoreControl(int id, int command, Span<byte> buffer) => Libc.SemaphoreControl(id, command, buffer);

    /// <summary>
    /// shmctl(2), with a command that fills a structure or, where that is empty, with one that doesn't.
    /// </summary>
    internal int SharedMemoryControl(int id, int command, Span<byte> buffer) =>
        Libc.SharedMemoryControl(id, command, buffer);

    /// <summary>msgctl(2), in the same way.</summary>
    internal int MessageQueueControl(int id, int command, Span<byte> buffer) =>
        Libc.MessageQueueControl(id, command, buffer);

    /// <summary>Copies a message and leaves it in its queue: its type, and as many bytes as this returns.</summary>
    internal nint CopyMessage(int id, int index, Span<byte> buffer) => Libc.CopyMessage(id, index, buffer);

    /// <summary>
    /// Whether segments go with their last use, and unattached ones with their creator: kernel.shm_rmid_forced
    /// (proc(5)). False where that can't be read.
    /// </summary>
    internal bool IsRemovalForced() =>
        _file.Read($"{SysctlFile.Folder}/shm_rmid_forced", out _) is [var first, ..] && first != (byte)'0';

    /// <summary>
    /// Whether the caller may remove and change everybody's objects: CAP_SYS_ADMIN in the user namespace that owns the
    /// IPC namespace (ipcctl_obtain_check in ipc/util.c).
    /// </summary>
    internal bool MayAdministrate()
    {
        var capabilities = new ProcessStatusText(_file.Read("/proc/thread-self/status", out _)).EffectiveCapabilities;
        // Root of a user namespace has no right over an IPC namespace that the machine, or another container, owns.
        return (capabilities >> AdminCapability & 1) != 0 && Owners is not null;
    }
}
