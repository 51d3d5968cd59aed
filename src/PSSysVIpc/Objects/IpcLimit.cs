using PSSysVIpc.Boot;
using PSSysVIpc.Ipc;
using PSSysVIpc.Limits;

namespace PSSysVIpc;

/// <summary>One of the kernel's limits of System V IPC in an IPC namespace, and how much of it was used when it was read.</summary>
public sealed class IpcLimit
{
    // The kernel's default for what it doesn't limit: ULONG_MAX - 2^24, which leaves room for sums.
    private const ulong Unlimited = ulong.MaxValue - (1 << 24);

    internal IpcLimit(LimitDefinition limit, ulong value, ulong largest, ulong? used, bool isReadOnly, BootValue? boot, IpcKernel kernel)
    {
        Name = limit.Name;
        Resource = limit.Resource;
        Value = value;
        Minimum = limit.Sysctl is null ? value : LimitCheck.Smallest;
        Maximum = largest;
        Used = used;
        Available = used > value ? 0 : value - used;
        UsedPercent = value == 0 ? null : used * 100.0 / value;
        Unit = limit.Unit;
        Sysctl = limit.Sysctl;
        Description = limit.Description;
        IsReadOnly = isReadOnly;
        IsUnlimited = limit.CanBeUnlimited && value >= Unlimited;
        // A file can say a negative number for kernel.sem, and the kernel takes it.
        PersistedValue = boot?.Value >= 0 ? (ulong)boot.Value : null;
        PersistedIn = boot is null ? null : $"{boot.File}:{boot.Line}";
        Status = LimitStatus.Of(Value, Used, UsedPercent);
        NamespaceId = kernel.NamespaceId;
        BootId = kernel.BootId;
    }

    /// <summary>Its name in the kernel and in manuals: <c>SEMMNI</c>.</summary>
    public string Name { get; }

    /// <summary><c>Semaphore</c>, <c>SharedMemory</c> or <c>MessageQueue</c>.</summary>
    public string Resource { get; }

    /// <summary>The limit, in <see cref="Unit"/>. Where <see cref="IsUnlimited"/>, the number that the kernel has there.</summary>
    public ulong Value { get; }

    /// <summary>
    /// The least it can be set to here, in <see cref="Unit"/>; the value itself where the kernel fixes it. 0, which stops
    /// every program that needs it, takes -Force.
    /// </summary>
    public ulong Minimum { get; }

    /// <summary>The most it can be set to here, in <see cref="Unit"/>; the value itself where the kernel fixes it.</summary>
    public ulong Maximum { get; }

    /// <summary>
    /// How much there is of what it limits, in <see cref="Unit"/>; null for a limit that holds for each object or call by
    /// itself. It can be more than the limit, which can be lowered below what is there.
    /// </summary>
    public ulong? Used { get; }

    /// <summary>What is left: 0 where more is used than the limit allows; null where nothing is counted.</summary>
    public ulong? Available { get; }

    /// <summary><see cref="Used"/> in percent of <see cref="Value"/>, over 100 too; null where nothing is counted, or the limit is 0.</summary>
    public double? UsedPercent { get; }

    /// <summary>What is counted: <c>sets</c>, <c>bytes</c>. Empty where it is a mere number.</summary>
    public string Unit { get; }

    /// <summary>The sysctl that has it: <c>kernel.sem</c>; null where the kernel's source fixes it.</summary>
    public string? Sysctl { get; }

    /// <summary>What it limits, in plain words.</summary>
    public string Description { get; }

    /// <summary>
    /// Whether nobody can change it here: the kernel fixes it, or /proc/sys is mounted read-only. False where the caller
    /// merely lacks the right, and then the mount can't be told.
    /// </summary>
    public bool IsReadOnly { get; }

    /// <summary>Whether it limits nothing: the kernel's default for SHMMAX and SHMALL.</summary>
    public bool IsUnlimited { get; }

    /// <summary>
    /// What the next boot will set it to, in the machine's first IPC namespace; null where no file says so, and the
    /// kernel's default will hold. Also null where the file says a negative number; <see cref="PersistedIn"/> tells the two
    /// apart.
    /// </summary>
    public ulong? PersistedValue { get; }

    /// <summary>The file and the line that say so, <c>/etc/sysctl.d/90-ipc.conf:3</c>; null where no file does.</summary>
    public string? PersistedIn { get; }

    /// <summary><c>Ok</c>; <c>Warning</c> from 80 % on; <c>Exhausted</c> where nothing is left.</summary>
    public string Status { get; }

    /// <summary>The inode of the IPC namespace it was read in, and which it holds for.</summary>
    public ulong NamespaceId { get; }

    /// <summary>The boot of the machine it was read on.</summary>
    public Guid BootId { get; }

    /// <summary>The limit's name.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Name;
}
