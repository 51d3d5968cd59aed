using PSSysVIpc.Boot;
using PSSysVIpc.Ipc;
using PSSysVIpc.Native;

namespace PSSysVIpc.Limits;

/// <summary>
/// Makes the objects of the limits, on the calling thread. All of them are from one look: use and settings for the boot
/// are read once. To see what a write has changed takes a new one.
/// </summary>
/// <param name="kernel">The IPC namespace.</param>
/// <param name="boot">What the next boot will make of the limits.</param>
internal sealed class LimitSnapshot(IpcKernel kernel, BootModel boot)
{
    private readonly LimitUse _use = new(kernel);
    private readonly bool _isExtended = KernelOptions.HasIpcmniExtend();

    /// <summary>Files and folders that may say something else of the next boot, and could not be read.</summary>
    internal IReadOnlyList<string> Unread => boot.Current.Unread;

    /// <summary>Lines of such files that the kernel will refuse, in whole or from some field on.</summary>
    internal IEnumerable<SettingLine> Refused => boot.Current.Refused;

    /// <exception cref="IpcUnavailableException">The limit, or what counts against it, can't be read.</exception>
    /// <exception cref="IpcBadDataException">The kernel says something of it that can't be.</exception>
    internal IpcLimit Read(LimitDefinition limit)
    {
        var value = ReadValue(limit);
        var used = _use.Of(limit);
        var persisted = limit.Sysctl is { } sysctl ? boot.Current.Find(sysctl, limit.Field) : null;
        return new IpcLimit(
            new()
            {
                Name = limit.Name,
                Resource = limit.Resource,
                Value = value,
                Minimum = limit.Minimum,
                Maximum = limit.Maximum(_isExtended),
                Used = used,
                Unit = limit.Unit,
                Sysctl = limit.Sysctl,
                Description = limit.Description,
                IsReadOnly = limit.Sysctl is null || kernel.Sysctls.CheckWritable(limit.Sysctl) == Errno.EROFS,
                IsUnlimited = limit.CanBeUnlimited && value >= LimitDefinition.Unlimited,
                // A file can say a negative number for kernel.sem, and the kernel takes it.
                PersistedValue = persisted?.Value >= 0 ? (ulong)persisted.Value : null,
                PersistedIn = persisted is null ? null : $"{persisted.File}:{persisted.Line}",
                Status = LimitStatus.Of(value, used),
                NamespaceId = kernel.NamespaceId,
                BootId = kernel.BootId,
            }
        );
    }

    private ulong ReadValue(LimitDefinition limit)
    {
        var value = kernel.Sysctls.Read(limit);
        // The kernel takes a minus, and then allows nothing, or everything, by the limit.
        return value >= 0
            ? (ulong)value
            : throw new IpcBadDataException(
                $"{SysctlFile.PathOf(limit.Sysctl!)} says {value} for {limit.Name}, which is no limit. "
                    + "Nothing was made from it; set it to 0 or more.",
                limit.Name
            );
    }
}
