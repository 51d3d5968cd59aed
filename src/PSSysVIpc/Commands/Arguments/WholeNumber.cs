using System.Globalization;
using System.Management.Automation;
using System.Numerics;

namespace PSSysVIpc.Commands;

/// <summary>
/// The one place that decides what a whole number is: integer types, a Decimal or a floating-point number without
/// fraction, as [Math]::Ceiling gives, or ASCII digits as text. PowerShell's own conversion makes '' 0, 1.5 2, $true 1,
/// ' 5 ' 5 and '8GB' 8589934592; with numbers that remove things, all of these are errors.
/// </summary>
internal static class WholeNumber
{
    // More digits than the largest number any parameter takes, and few enough to parse in no time.
    private const int MaximumDigits = 40;

    private const double LargestExact = 1L << 53;

    /// <summary>Reads a value; null when it is no whole number.</summary>
    internal static BigInteger? TryRead(object? value) =>
        Unwrap(value) switch
        {
            int n => n,
            uint n => n,
            long n => n,
            ulong n => n,
            short n => n,
            ushort n => n,
            byte n => n,
            sbyte n => n,
            BigInteger n => n,
            double n when IsExact(n) => new BigInteger(n),
            float n when IsExact(n) => new BigInteger(n),
            decimal n when decimal.Truncate(n) == n => new BigInteger(n),
            string { Length: > 0 and <= MaximumDigits } text when text.All(char.IsAsciiDigit) => BigInteger.Parse(
                text,
                CultureInfo.InvariantCulture
            ),
            _ => null,
        };

    // Beyond that not every whole number is a double, and one that was computed may be off.
    private static bool IsExact(double number) => Math.Abs(number) <= LargestExact && double.IsInteger(number);

    /// <summary>Reads a value within bounds.</summary>
    /// <exception cref="FormatException">It is no whole number, or out of bounds; the message says which.</exception>
    internal static BigInteger Read(object? value, string what, BigInteger minimum, BigInteger maximum)
    {
        if (Unwrap(value) is IpcObject)
            throw new FormatException(
                $"This is an object, and no {what}: give its property Id, or pipe the object to a cmdlet that takes it."
            );
        var number =
            TryRead(value)
            ?? throw new FormatException(
                $"{Show(value)} is no {what}: a whole number from {minimum} to {maximum} is needed."
            );
        return number >= minimum && number <= maximum
            ? number
            : throw new FormatException($"{number} is no {what}: it must be from {minimum} to {maximum}.");
    }

    /// <summary>An object's id.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    internal static int ReadId(object? value) => (int)Read(value, "id", 0, int.MaxValue);

    internal static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    /// <summary>How an error shows a value.</summary>
    internal static string Show(object? value) =>
        Unwrap(value) switch
        {
            null => "$null",
            string text => $"'{Printable.Of(text)}'",
            char letter => $"[char]'{Printable.Of(letter.ToString())}'",
            bool truth => truth ? "$true" : "$false",
            // With its type: PowerShell reads 1e0 as one, and it would look like a whole number.
            double or float => string.Create(CultureInfo.InvariantCulture, $"[double]{Unwrap(value)}"),
            System.Collections.IDictionary => "A hashtable",
            System.Collections.ICollection => "A list inside a list",
            IFormattable plain => plain.ToString(null, CultureInfo.InvariantCulture),
            { } other => $"An object of the type {other.GetType().Name}",
        };
}
