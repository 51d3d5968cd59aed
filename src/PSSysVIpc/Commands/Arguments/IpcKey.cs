using System.Globalization;
using System.Numerics;

namespace PSSysVIpc.Commands;

/// <summary>Reads keys as they are written: 0x text, decimal text, or a number.</summary>
internal static class IpcKey
{
    private const string Expected = "A key is 0x and up to 8 hex digits, or a number from 1 to 4294967295.";

    /// <summary>
    /// The number that a key's text or value stands for, whatever it is; null where it stands for none.
    /// </summary>
    internal static BigInteger? TryRead(object? value)
    {
        // PowerShell reads 0xFFFFFFFF as the Int32 -1: the same 32 bits.
        if (WholeNumber.Unwrap(value) is int bits)
            return unchecked((uint)bits);
        return TryReadHex(value) ?? WholeNumber.TryRead(value);
    }

    /// <exception cref="FormatException">It is no key; the message says why.</exception>
    internal static uint Read(object? value)
    {
        var number = TryRead(value) ?? throw new FormatException($"{WholeNumber.Show(value)} is no key. {Expected}");
        if (number.IsZero)
        {
            throw new FormatException(
                "0 is no key: it is IPC_PRIVATE, the mark of objects that have none, and any number of "
                    + "them can exist. Use -Id for one of them."
            );
        }

        return number > 0 && number <= uint.MaxValue
            ? (uint)number
            : throw new FormatException($"{WholeNumber.Show(value)} is no key: it does not fit in 32 bits. {Expected}");
    }

    private static BigInteger? TryReadHex(object? value) =>
        WholeNumber.Unwrap(value) is string text
        && text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
        && text.Length is > 2 and <= 34
        && text.Skip(2).All(char.IsAsciiHexDigit)
            ? BigInteger.Parse("0" + text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
            : null;
}
