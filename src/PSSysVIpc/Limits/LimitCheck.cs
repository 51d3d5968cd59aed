using System.Numerics;
using PSSysVIpc.Ipc;

namespace PSSysVIpc.Limits;

/// <summary>What is wrong with a value that a limit shall get.</summary>
internal static class LimitCheck
{
    /// <summary>A limit that nobody can set.</summary>
    internal static LimitReadOnlyException Fixed(LimitDefinition limit) =>
        new($"{limit.Name} can't be set: the kernel fixes it at {limit.FixedValue}.", limit.Name);

    /// <summary>
    /// The first thing that speaks against a value other than the present one; null when nothing does.
    /// </summary>
    /// <param name="limit">The limit.</param>
    /// <param name="now">What it is.</param>
    /// <param name="used">How much of it is used; null where that can't be counted.</param>
    /// <param name="wanted">What it shall be.</param>
    /// <param name="isExtended">Whether the kernel was started with ipcmni_extend.</param>
    /// <param name="force">Whether values are taken that leave no room for use.</param>
    internal static IpcException? FindFault(
        LimitDefinition limit,
        Int128 now,
        ulong? used,
        BigInteger wanted,
        bool isExtended,
        bool force
    )
    {
        if (limit.Sysctl is null)
            return Fixed(limit);
        var largest = limit.Maximum(isExtended);
        if (wanted < 0 || wanted > largest)
        {
            return new LimitOutOfRangeException(
                $"{wanted} is no value for {limit.Name}: it must be from {limit.Minimum} to {largest}. It was left at "
                    + $"{limit.Show(now)}.",
                limit.Name
            );
        }

        if (force)
            return null;
        if (wanted < used)
        {
            var inUse = used == 1 ? $"1 {limit.Unit.TrimEnd('s')} is" : $"{used} {limit.Unit} are";
            return new LimitBelowUseException(
                $"{limit.Name} was left at {limit.Show(now)}: {inUse} in use, and with {wanted} none could be added. "
                    + "Remove what is left over first or, if that is what you want, use -Force: what is there stays.",
                limit.Name
            );
        }

        return wanted == 0
            ? new LimitOutOfRangeException(
                $"{limit.Name} was left at {limit.Show(now)}: 0 is legal to the kernel, and stops every program that "
                    + "needs it. If that is what you want, use -Force.",
                limit.Name
            )
            : null;
    }
}
