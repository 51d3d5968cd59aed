using System.Globalization;
using System.Text.RegularExpressions;

namespace PSSysVIpc.Tests.Shell;

/// <summary>What a terminal like xterm makes of its output. It never scrolls: its rows have no end.</summary>
internal sealed partial class Screen
{
    private readonly int _columns;
    private readonly List<string[]> _rows = [];
    private int _row;
    private int _column;
    // The last column is filled: the next letter goes to the next row, and until then the cursor stays.
    private bool _isFull;

    private Screen(int columns) => _columns = columns;

    /// <summary>Its rows, each cell a letter, so that a wide letter stands there twice, and | before the cell with the cursor.</summary>
    internal static string Of(string output, int columns)
    {
        var screen = new Screen(columns);
        foreach (var token in Token.Matches(output).Cast<Match>())
            screen.Show(token);
        var rows = screen._rows.Select((cells, row) => row == screen._row ? [.. cells[..screen._column], "|", .. cells[screen._column..]] : cells);
        return string.Join('\n', rows.Select(cells => string.Concat(cells).TrimEnd())).TrimEnd('\n');
    }

    // A sequence of which only the begin has come yet is none.
    [GeneratedRegex(@"\e\[(?<count>[0-9]*)(?<name>[A-Z])|\e(\[[0-9;?]*([A-Za-z]|$)|[=>]|$)|[\ud800-\udbff][\udc00-\udfff]|.", RegexOptions.Singleline)]
    private static partial Regex Token { get; }

    private void Show(Match token)
    {
        if (token.Groups["name"].Value is { Length: > 0 } name)
            Obey(name, token.Groups["count"].Value);
        else if (token.Value is "\r")
            (_column, _isFull) = (0, false);
        else if (token.Value is "\n")
            (_row, _isFull) = (_row + 1, false);
        else if (!char.IsControl(token.Value[0]))
            Write(token.Value, IsWide(token.Value) ? 2 : 1);
        Grow();
    }

    private void Obey(string name, string parameter)
    {
        var count = int.TryParse(parameter, CultureInfo.InvariantCulture, out var number) ? number : 1;
        (_row, _column) = name switch
        {
            "A" => (Math.Max(_row - count, 0), _column),
            "B" => (_row + count, _column),
            "C" => (_row, Math.Min(_column + count, _columns - 1)),
            "D" => (_row, Math.Max(_column - count, 0)),
            "H" => (0, 0),
            _ => (_row, _column),
        };
        // Also the last letter of a full row: the cursor still stands there.
        if (name is "J")
            Clear(parameter is "2" ? (0, 0) : (_row, _column));
        _isFull = false;
    }

    private void Clear((int Row, int Column) from)
    {
        Array.Fill(_rows[from.Row], " ", from.Column, _columns - from.Column);
        foreach (var cells in _rows.Skip(from.Row + 1))
            Array.Fill(cells, " ");
    }

    // A wide letter that doesn't fit leaves the last cell as it is.
    private void Write(string letter, int width)
    {
        if (_isFull || _column + width > _columns)
            (_row, _column) = (_row + 1, 0);
        Grow();
        Array.Fill(_rows[_row], letter, _column, width);
        _isFull = _column + width == _columns;
        _column = Math.Min(_column + width, _columns - 1);
    }

    private void Grow()
    {
        while (_rows.Count <= _row)
            _rows.Add([.. Enumerable.Repeat(" ", _columns)]);
    }

    // Of all wide letters those that the tests type.
    private static bool IsWide(string letter) => letter.Length == 2 || letter[0] is >= '\u4e00' and <= '\u9fff';
}
