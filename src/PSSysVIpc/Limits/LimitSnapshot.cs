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

    /// <summary>Why it can't be told how much is used; null where it can, as far as was asked.</summary>
    internal IpcException? Problem { get; private set; }

    /// <exception cref="IpcUnavailableException">The limit can't be read.</exception>
    /// <exception cref="IpcBadDataException">The kernel says something of it that can't be.</exception>
    internal IpcLimit Read(LimitDefinition limit)
    {
        var value = ReadValue(limit);
        var used = ReadUse(limit);
        var persisted = limit.Sysctl is { } sysctl ? boot.Current.Find(sysctl, limit.Field) : null;
        var refusal = limit.Sysctl is { } known ? boot.Current.FindRefusal(known, limit.Field) : null;
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
                IsUnlimited = limit.IsUnlimited(value),
                // A file can say a negative number for kernel.sem, and the kernel takes it.
                PersistedValue = persisted?.Value >= 0 ? (ulong)persisted.Value : null,
                PersistedIn =
                    refusal is not null ? $"{refusal.Line.File}:{refusal.Line.Number}"
                    : persisted is null ? null
                    : Place(persisted),
                PersistedProblem = DescribeProblem(limit, persisted, refusal),
                Status =
                    used is null && limit.Counts != Counted.Nothing ? LimitStatus.Unknown : LimitStatus.Of(value, used),
                NamespaceId = kernel.NamespaceId,
                BootId = kernel.BootId,
            }
        );
    }

    // Without the tables the limits are there all the same.
    private ulong? ReadUse(LimitDefinition limit)
    {
        try
        {
            return _use.Of(limit);
        }
        catch (IpcUnavailableException e)
        {
            Problem ??= e;
            return null;
        }
    }

    private static string Place(BootValue value) => $"{value.File}:{value.Line}";

    private static string? DescribeProblem(LimitDefinition limit, BootValue? persisted, Refusal? refusal)
    {
        if (refusal is null)
        {
            return persisted?.Value < 0
                ? $"{persisted.Value} is no limit: the kernel takes it, and then allows nothing, or everything."
                : null;
        }

        var instead = persisted is null ? "the kernel's default" : $"{persisted.Value} ({Place(persisted)})";
        return $"The line doesn't set {limit.Name}: {refusal.Why}. The next boot makes it {instead}.";
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
