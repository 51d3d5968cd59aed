using System.Runtime.CompilerServices;
using System.Text;
using PSSysVIpc.Native;

namespace PSSysVIpc.Ipc;

/// <summary>
/// One table of /proc/sysvipc, walked row by row. Columns are found by the names in the header line, so that one
/// more column in a future kernel shifts nothing. Whatever does not fit ends in IpcBadData: an object made from a
/// row that was half understood could be removed.
/// </summary>
internal ref struct SysVTable
{
    private readonly string _path;
    private readonly Column[] _columns;
    private readonly int[] _targets;
    private readonly long[] _values;
    private ReadOnlySpan<byte> _rest;
    private int _line;

    /// <param name="text">The whole file.</param>
    /// <param name="path">Its name, for errors.</param>
    /// <param name="columns">The columns to read, in the order <see cref="Values"/> gives them.</param>
    internal SysVTable(ReadOnlySpan<byte> text, string path, Column[] columns)
    {
        _path = path;
        _columns = columns;
        _values = new long[columns.Length];
        _rest = text;
        _targets = [];
        if (text.IsEmpty)
            throw Bad("it is empty");
        _targets = FindColumns(NextLine());
    }

    /// <summary>A column to read: its name, its number base and the smallest and largest value it can have.</summary>
    internal readonly record struct Column(string Name, long Minimum, long Maximum, int Base = 10);

    /// <summary>The columns of the present row, in the order they were asked for.</summary>
    internal readonly ReadOnlySpan<long> Values => _values;

    /// <summary>Goes on to the next row.</summary>
    /// <returns>False at the end of the table.</returns>
    // A table of 32,000 rows is read once: there is no second time for the compiler to get better at it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal bool MoveNext()
    {
        if (_rest.IsEmpty)
            return false;
        var line = NextLine();
        for (var field = 0; field < _targets.Length; field++)
        {
            var text = BlankSeparated.Next(ref line);
            if (text.IsEmpty)
                throw Bad($"it has fewer than the {_targets.Length} fields of the header");
            if (_targets[field] is >= 0 and var target)
                _values[target] = Parse(text, _columns[target]);
        }

        if (!BlankSeparated.Next(ref line).IsEmpty)
            throw Bad($"it has more than the {_targets.Length} fields of the header");
        return true;
    }

    private readonly int[] FindColumns(ReadOnlySpan<byte> header)
    {
        var targets = new List<int>();
        while (true)
        {
            var name = BlankSeparated.Next(ref header);
            if (name.IsEmpty)
                break;
            var text = Encoding.ASCII.GetString(name);
            targets.Add(Array.FindIndex(_columns, column => column.Name == text));
        }

        for (var column = 0; column < _columns.Length; column++)
        {
            if (targets.Count(target => target == column) != 1)
                throw Bad($"the header names the column '{_columns[column].Name}' not exactly once");
        }

        return [.. targets];
    }

    private ReadOnlySpan<byte> NextLine()
    {
        _line++;
        var end = _rest.IndexOf((byte)'\n');
        if (end < 0)
            throw Bad("it is cut off");
        var line = _rest[..end];
        _rest = _rest[(end + 1)..];
        return line;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly long Parse(ReadOnlySpan<byte> text, Column column)
    {
        var digits = text[0] == '-' ? text[1..] : text;
        // 19 decimal digits are below 2^64, so the sum can't wrap before the range is checked. A segment can be that
        // large.
        if (digits.IsEmpty || digits.Length > 19)
            throw Bad($"'{Show(text)}' is no possible {column.Name}");
        ulong magnitude = 0;
        foreach (var digit in digits)
        {
            if (digit < '0' || digit >= '0' + column.Base)
                throw Bad($"'{Show(text)}' is no possible {column.Name}");
            magnitude = magnitude * (uint)column.Base + (uint)(digit - '0');
        }

        var value = text[0] == '-' ? -(long)magnitude : (long)magnitude;
        if (magnitude > long.MaxValue || value < column.Minimum || value > column.Maximum)
            throw Bad($"'{Show(text)}' is no possible {column.Name}");
        return value;
    }

    private static string Show(ReadOnlySpan<byte> text) => Printable.Of(Encoding.ASCII.GetString(text), 40);

    private readonly IpcBadDataException Bad(string what) =>
        new($"{_path} can't be read: in line {Math.Max(_line, 1)}, {what}. No object was made from it.", _path);
}
