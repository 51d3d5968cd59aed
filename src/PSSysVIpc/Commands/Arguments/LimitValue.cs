using System.Collections;
using System.Numerics;
using PSSysVIpc.Ipc;
using PSSysVIpc.Limits;

namespace PSSysVIpc.Commands;

/// <summary>Reads what a limit shall be.</summary>
internal static class LimitValue
{
    /// <exception cref="IpcBadInputException">It is no whole number.</exception>
    /// <exception cref="LimitReadOnlyException">Nor can the limit be set.</exception>
    internal static BigInteger Read(object? value, LimitDefinition limit)
    {
        if (WholeNumber.TryRead(value) is { } number)
            return number;
        if (limit.Sysctl is null)
            throw LimitCheck.Fixed(limit);
        var needed =
            $"whole number from {limit.Minimum} to {limit.Maximum(KernelOptions.HasIpcmniExtend())} is needed.";
        var fault = WholeNumber.Unwrap(value) switch
        {
            null => $"No value was given for {limit.Name}: a {needed}",
            IEnumerable and not string => $"A list or table is no value for {limit.Name}: one {needed}",
            double or float => $"{WholeNumber.Show(value)} is a floating-point number: for {limit.Name} a {needed}",
            _ => $"{WholeNumber.Show(value)} is no value for {limit.Name}: a {needed}",
        };
        throw new IpcBadInputException($"{fault} {limit.Name} was left alone.", limit.Name);
    }
}
