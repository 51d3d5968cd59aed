using System.Globalization;
using System.Text;

namespace PSSysVIpc;

/// <summary>A message in a queue, as it was when it was looked at.</summary>
public sealed class IpcMessage
{
    private const int Shown = 64;

    internal IpcMessage(int index, long type, ReadOnlySpan<byte> bytes)
    {
        Index = index;
        Type = type;
        Length = bytes.Length;
        var first = bytes[..Math.Min(Shown, bytes.Length)];
        Text = Printable.Escaped(first);
        Hex = ToHex(first);
    }

    private static string ToHex(ReadOnlySpan<byte> bytes)
    {
        var digits = new StringBuilder();
        foreach (var value in bytes)
            digits.Append(CultureInfo.InvariantCulture, $"{value:x2}");
        return digits.ToString();
    }

    /// <summary>Its place in the queue, counted from 0.</summary>
    public int Index { get; }

    /// <summary>Its type, a positive number that sender and receiver agreed on.</summary>
    public long Type { get; }

    /// <summary>How many bytes it has.</summary>
    public int Length { get; }

    /// <summary>
    /// Its first 64 bytes as text in UTF-8. What would move the cursor or turn the text around it, and what is no
    /// text, is written as an escape: <c>\n</c>, <c>\x1b</c>, <c>\u202e</c>; a backslash as <c>\\</c>.
    /// </summary>
    public string Text { get; }

    /// <summary>The same bytes as hexadecimal digits, two each.</summary>
    public string Hex { get; }

    /// <summary><c>0: type 1, 5 bytes, hello</c></summary>
    /// <returns>The text.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Index}: type {Type}, {Length} bytes, {Text}");
}
