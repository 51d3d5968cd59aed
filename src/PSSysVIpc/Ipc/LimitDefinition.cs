using System.Globalization;

namespace PSSysVIpc.Ipc;

/// <summary>All that is known of one of the kernel's limits of System V IPC, once.</summary>
/// <param name="Name">The field's standard name: SEMMNI.</param>
/// <param name="Resource">Semaphore, SharedMemory or MessageQueue.</param>
/// <param name="Unit">What is counted: sets, bytes.</param>
/// <param name="Description">What it limits, in plain words.</param>
internal sealed record LimitDefinition(string Name, string Resource, string Unit, string Description)
{
    /// <summary>
    /// The kernel's default for what it doesn't limit: SHMMAX and SHMALL of include/uapi/linux/shm.h, ULONG_MAX - 2^24,
    /// which leaves room for sums.
    /// </summary>
    internal const ulong Unlimited = ulong.MaxValue - (1 << 24);

    /// <summary>What stands for that in words.</summary>
    internal const string NoLimit = "unlimited";

    /// <summary>The smallest value that leaves room for anything. The kernel takes 0, too.</summary>
    internal const ulong Smallest = 1;

    /// <summary>The sysctl that has it: kernel.sem. Null where the kernel's source fixes it.</summary>
    internal string? Sysctl { get; init; }

    /// <summary>Which field of the sysctl it is, counted from 0.</summary>
    internal int Field { get; init; }

    /// <summary>The value where there is no sysctl: the kernel's source has no other.</summary>
    internal ulong FixedValue => Default;

    /// <summary>What the kernel's source makes of it where nothing is set.</summary>
    internal required ulong Default { get; init; }

    /// <summary>The largest value that the kernel takes and means.</summary>
    internal ulong Largest { get; init; } = int.MaxValue;

    /// <summary>
    /// The same where the kernel was started with ipcmni_extend; null where that makes no difference.
    /// </summary>
    internal ulong? LargestExtended { get; init; }

    /// <summary>Whether the kernel's own default is no limit at all.</summary>
    internal bool CanBeUnlimited { get; init; }

    internal Counted Counts { get; init; }

    /// <summary>Whether a value of it is no limit at all.</summary>
    internal bool IsUnlimited(Int128 value) => CanBeUnlimited && value >= Unlimited;

    /// <summary>A value of it in words: "unlimited" where it is no limit at all.</summary>
    internal string Show(Int128 value) => IsUnlimited(value) ? NoLimit : value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The least it can be set to; its value where the kernel fixes it.</summary>
    internal ulong Minimum => Sysctl is null ? FixedValue : Smallest;

    /// <summary>The most it can be set to; its value where the kernel fixes it.</summary>
    /// <param name="isExtended">Whether the kernel was started with ipcmni_extend.</param>
    internal ulong Maximum(bool isExtended)
    {
        if (Sysctl is null)
            return FixedValue;
        return isExtended ? LargestExtended ?? Largest : Largest;
    }
}

/// <summary>What of all objects of a kind counts against a limit.</summary>
internal enum Counted
{
    /// <summary>Nothing: the limit is about single ones.</summary>
    Nothing,

    /// <summary>How many there are.</summary>
    Objects,

    /// <summary>What they hold together: semaphores, pages.</summary>
    Sizes,
}
