using System.Globalization;

namespace PSSysVIpc.Boot;

/// <summary>
/// Reads the numbers of a text that is written to a file of /proc/sys, one after the other, as the kernel does
/// (proc_get_long in kernel/sysctl.c).
/// </summary>
internal ref struct KernelNumbers(ReadOnlySpan<char> text)
{
    // What the kernel copies of one number (TMPBUFLEN); one that fills that might go on.
    private const int LongestNumber = 21;

    // The kernel looks at one page of what is written (__do_proc_dointvec). The readers end each text with a new line.
    private ReadOnlySpan<char> _rest = string.Concat(text, "\n").AsSpan()[
        ..Math.Min(text.Length + 1, Environment.SystemPageSize - 1)
    ];

    /// <summary>Whether reading ended at something that is no number.</summary>
    internal bool IsBroken { get; private set; }

    /// <summary>Reads the next number.</summary>
    /// <returns>False at the end, or where there is no number.</returns>
    internal bool TryRead(out bool isNegative, out ulong value)
    {
        (isNegative, value) = (false, 0);
        // To the kernel, which knows Latin 1 (lib/ctype.c), the non-breaking space is a blank before a number, but not
        // behind one.
        _rest = _rest.TrimStart(" \t\n\v\f\r\u00a0");
        if (_rest.IsEmpty)
            return false;
        isNegative = _rest[0] == '-' && _rest.Length > 1;
        var number = _rest[(isNegative ? 1 : 0)..Math.Min(_rest.Length, LongestNumber)];
        IsBroken = !TryParse(number, out value, out var length);
        length += isNegative ? 1 : 0;
        IsBroken |= length == LongestNumber || (length < _rest.Length && _rest[length] is not (' ' or '\t' or '\n'));
        _rest = _rest[length..];
        return !IsBroken;
    }

    /// <summary>
    /// A number as C writes it: octal after 0, hexadecimal after 0x (_parse_integer_fixup_radix in lib/kstrtox.c).
    /// </summary>
    private static bool TryParse(ReadOnlySpan<char> text, out ulong value, out int length)
    {
        value = 0;
        length = 0;
        if (text.IsEmpty || !char.IsAsciiDigit(text[0]))
            return false;
        uint numberBase = 10;
        if (text[0] == '0')
        {
            var isHexadecimal = text.Length > 2 && text[1] is 'x' or 'X' && char.IsAsciiHexDigit(text[2]);
            (numberBase, length) = isHexadecimal ? (16u, 2) : (8, 0);
        }

        for (; length < text.Length && char.IsAsciiHexDigit(text[length]); length++)
        {
            var digit = uint.Parse(text.Slice(length, 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            if (digit >= numberBase)
                break;
            var next = ((UInt128)value * numberBase) + digit;
            if (next > ulong.MaxValue)
                return false;
            value = (ulong)next;
        }

        return true;
    }
}
