using PSSysVIpc.Boot;
using PSSysVIpc.Ipc;
using PSSysVIpc.Native;

namespace PSSysVIpc.Limits;

/// <summary>
/// Makes the objects of the limits, on the calling thread. All of them are from one look: use and settings for the boot
/// are read once. To see what a write has changed takes a new one.
/// </summary>
/// <param name="kernel">The IPC namespace.</param>
/// <param name="root">The folder that is taken for the machine's root where the boot is predicted.</param>
internal sealed class LimitReader(IpcKernel kernel, string root = "")
{
    private readonly IpcUse _use = new();
    private readonly bool _isExtended = IpcSysctls.IsExtended();
    private readonly BootSettings _boot = BootSettings.Read(BootSettings.CurrentReader(root), root);

    /// <summary>Files and folders that may say something else of the next boot, and could not be read.</summary>
    internal IReadOnlyList<string> Unread => _boot.Unread;

    /// <summary>Lines of such files that the kernel will refuse, in whole or from some field on.</summary>
    internal IEnumerable<SettingLine> Refused => _boot.Refused;

    /// <exception cref="IpcUnavailableException">The limit, or what counts against it, can't be read.</exception>
    /// <exception cref="IpcBadDataException">The kernel says something of it that can't be.</exception>
    internal IpcLimit Read(LimitDefinition limit) => limit.Sysctl is { } sysctl
        ? new IpcLimit(
            limit, ReadValue(limit, sysctl), IpcSysctls.LargestOf(limit, _isExtended), limit.Use?.Invoke(_use), IsReadOnly(sysctl), _boot.Find(sysctl, limit.Field), kernel)
        : new IpcLimit(limit, limit.FixedValue, limit.FixedValue, null, isReadOnly: true, null, kernel);

    private ulong ReadValue(LimitDefinition limit, string sysctl)
    {
        var value = kernel.Sysctls.Read(sysctl, LimitTable.FieldsOf(sysctl))[limit.Field];
        // The kernel takes a minus, and then allows nothing, or everything, by the limit.
        return value >= 0
            ? (ulong)value
            : throw new IpcBadDataException(
                $"{SysctlFile.PathOf(sysctl)} says {value} for {limit.Name}, which is no limit. Nothing was made from it; set it to 0 or more.", limit.Name);
    }

    private static bool IsReadOnly(string sysctl) => SysctlFile.CheckWritable(sysctl) == Errno.EROFS;
}
