using System.Buffers.Text;

namespace PSSysVIpc.Processes;

/// <summary>The ids of users or groups that there are in a user namespace, as they are outside it.</summary>
internal sealed class IdRanges
{
    private readonly List<(uint First, uint Count)> _ranges = [];

    private IdRanges() { }

    internal static IdRanges All { get; } = new() { _ranges = { (0, uint.MaxValue) } };

    /// <param name="map">
    /// A uid_map or gid_map (user_namespaces(7)): lines of a first id inside, the same outside, and how many there are.
    /// </param>
    internal static IdRanges Read(ReadOnlySpan<byte> map)
    {
        var ranges = new IdRanges();
        while (TryTake(ref map, out _) && TryTake(ref map, out var first) && TryTake(ref map, out var count))
            ranges._ranges.Add((first, count));
        return ranges;
    }

    internal bool Contains(uint id) => _ranges.Exists(range => id >= range.First && id - range.First < range.Count);

    private static bool TryTake(ref ReadOnlySpan<byte> text, out uint number)
    {
        text = text.TrimStart(" \n"u8);
        var isNumber = Utf8Parser.TryParse(text, out number, out var length);
        text = text[length..];
        return isNumber;
    }
}
