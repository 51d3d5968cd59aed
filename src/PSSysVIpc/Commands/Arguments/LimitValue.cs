using System.Collections;
using System.Numerics;
using PSSysVIpc.Ipc;
using PSSysVIpc.Limits;

namespace PSSysVIpc.Commands;

/// <summary>Reads what a limit shall be.</summary>
internal static class LimitValue
{
    /// <summary>The word for no limit at all.</summary>
    // Plain and typographic ones, as guides print them around the four numbers of kernel.sem.
    internal const string Quotes = "\"'\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb";

    /// <summary>The parts of a list, or of a text with blanks between them.</summary>
    internal static IReadOnlyList<object?> Split(object? value) =>
        WholeNumber.Unwrap(value) switch
        {
            string text => text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries),
            IList list => [.. list.Cast<object?>()],
            var single => [single],
        };

    private static bool IsUnlimited(string text) =>
        text.Equals(LimitDefinition.NoLimit, StringComparison.OrdinalIgnoreCase);

    /// <exception cref="IpcBadInputException">It is no whole number.</exception>
    /// <exception cref="LimitReadOnlyException">Nor can the limit be set.</exception>
    internal static BigInteger Read(object? value, LimitDefinition limit)
    {
        var hasZero = WholeNumber.Unwrap(value) is string { Length: > 1 } digits && digits[0] == '0';
        if (!hasZero && WholeNumber.TryRead(value) is { } number)
            return number;
        if (limit.CanBeUnlimited && WholeNumber.Unwrap(value) is string text && IsUnlimited(text))
            return LimitDefinition.Unlimited;
        if (limit.Sysctl is null)
            throw LimitCheck.Fixed(limit);
        var needed =
            $"whole number from {limit.Minimum} to {limit.Maximum(KernelOptions.HasIpcmniExtend())} is needed.";
        var fault = WholeNumber.Unwrap(value) switch
        {
            null => $"No value was given for {limit.Name}: a {needed}",
            IEnumerable and not string => $"A list or table is no value for {limit.Name}: one {needed}",
            string quoted when quoted.Any(Quotes.Contains) =>
                $"{WholeNumber.Show(quoted)} has quotation marks in it, which the kernel refuses: for {limit.Name} a "
                    + $"{needed}",
            string octal when hasZero && octal.All(char.IsAsciiDigit) =>
                $"{WholeNumber.Show(octal)} begins with a zero, which makes it octal to the kernel: for {limit.Name} a "
                    + $"{needed}",
            double or float => $"{WholeNumber.Show(value)} is a number with a fraction: for {limit.Name} a {needed}",
            _ => $"{WholeNumber.Show(value)} is no value for {limit.Name}: a {needed}",
        };
        throw new IpcBadInputException($"{fault} {limit.Name} was left alone.", limit.Name);
    }
}
