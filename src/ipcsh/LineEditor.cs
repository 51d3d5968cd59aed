using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Text;

namespace PSSysVIpc.Shell;

/// <summary>A line typed at a terminal, with the usual keys, the lines before it, and Tab.</summary>
internal sealed class LineEditor(Func<string, int, CommandCompletion> complete, Action interrupt)
{
    private readonly List<string> _history = [];
    private readonly StringBuilder _text = new();
    private string _prompt = "";
    private int _cursor;
    // Where the terminal's cursor stands: cells from the prompt's begin, over all rows that the line takes.
    private int _cell;
    private int _recalled;
    private string _draft = "";

    /// <summary>Whether keys can be read and the cursor be moved.</summary>
    internal static bool IsPossible =>
        !Console.IsInputRedirected && !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");

    /// <summary>As <see cref="LineReader.ReadLine"/>. An answer is nothing to recall or to complete.</summary>
    /// <returns>Null at the end of the input: Ctrl-D on an empty line.</returns>
    internal string? ReadLine(string prompt, string? before)
    {
        _prompt = prompt;
        _text.Clear();
        _cursor = 0;
        _recalled = _history.Count;
        // As a key, and not as a signal in the middle of what is drawn.
        Console.TreatControlCAsInput = true;
        try
        {
            // Asked for now: it keeps the terminal from showing by itself what is typed as soon as the prompt stands.
            _ = Console.KeyAvailable;
            Redraw();
            return ReadKeys(before);
        }
        finally
        {
            Console.TreatControlCAsInput = false;
        }
    }

    private string? ReadKeys(string? before)
    {
        for (var wasTab = false; ;)
        {
            var key = Console.ReadKey(intercept: true);
            var name = NameOf(key);
            if (name is ConsoleKey.Enter)
                return Finish(before is not null);
            if (key == default || IsControl(key, ConsoleKey.D) && _text.Length == 0)
            {
                Console.Out.WriteLine();
                return null;
            }

            if (IsControl(key, ConsoleKey.C))
            {
                MoveTo(_text.Length);
                Console.Out.WriteLine("^C");
                interrupt();
                throw new PipelineStoppedException();
            }

            // Alt and a letter come as two keys, and are none of ours.
            if (name is ConsoleKey.Escape && Console.KeyAvailable)
                _ = Console.ReadKey(intercept: true);
            else if (name is not ConsoleKey.Tab)
                Apply(key, name, before is not null);
            else if (string.IsNullOrWhiteSpace(_text.ToString(0, _cursor)))
                Replace(_cursor, _cursor, "    ");
            else if (before is not null)
                Complete(before, isAgain: wasTab);
            wasTab = name is ConsoleKey.Tab;
        }
    }

    // The keys of Emacs, as everywhere on Linux, are those of the arrows.
    private static ConsoleKey NameOf(ConsoleKeyInfo key) => key.Key switch
    {
        _ when key.KeyChar is '\n' => ConsoleKey.Enter,
        var plain when !key.Modifiers.HasFlag(ConsoleModifiers.Control) => plain,
        ConsoleKey.A => ConsoleKey.Home,
        ConsoleKey.E => ConsoleKey.End,
        ConsoleKey.B => ConsoleKey.LeftArrow,
        ConsoleKey.F => ConsoleKey.RightArrow,
        ConsoleKey.P => ConsoleKey.UpArrow,
        ConsoleKey.N => ConsoleKey.DownArrow,
        ConsoleKey.H => ConsoleKey.Backspace,
        ConsoleKey.D => ConsoleKey.Delete,
        var other => other,
    };

    private static bool IsControl(ConsoleKeyInfo key, ConsoleKey letter) => key.Key == letter && key.Modifiers.HasFlag(ConsoleModifiers.Control);

    private void Apply(ConsoleKeyInfo key, ConsoleKey name, bool isStatement)
    {
        switch (name)
        {
            case ConsoleKey.LeftArrow: MoveTo(Left()); break;
            case ConsoleKey.RightArrow: MoveTo(Right()); break;
            case ConsoleKey.Home: MoveTo(0); break;
            case ConsoleKey.End: MoveTo(_text.Length); break;
            case ConsoleKey.Backspace: Replace(Left(), _cursor, ""); break;
            case ConsoleKey.Delete: Replace(_cursor, Right(), ""); break;
            case ConsoleKey.K when IsControl(key, name): Replace(_cursor, _text.Length, ""); break;
            case ConsoleKey.U when IsControl(key, name): Replace(0, _cursor, ""); break;
            case ConsoleKey.W when IsControl(key, name): Replace(_text.ToString(0, _cursor).TrimEnd().LastIndexOf(' ') + 1, _cursor, ""); break;
            case ConsoleKey.L when IsControl(key, name) && isStatement: Redraw("\e[H\e[2J"); break;
            case ConsoleKey.UpArrow when isStatement: Recall(_recalled - 1); break;
            case ConsoleKey.DownArrow when isStatement: Recall(_recalled + 1); break;
            case var _ when !char.IsControl(key.KeyChar): Replace(_cursor, _cursor, key.KeyChar.ToString()); break;
        }
    }

    private string Finish(bool isStatement)
    {
        MoveTo(_text.Length);
        Console.Out.WriteLine();
        var line = _text.ToString();
        if (isStatement && !string.IsNullOrWhiteSpace(line) && _history.LastOrDefault() != line)
            _history.Add(line);
        return line;
    }

    private void Recall(int index)
    {
        if (index < 0 || index > _history.Count)
            return;
        if (_recalled == _history.Count)
            _draft = _text.ToString();
        _recalled = index;
        Replace(0, _text.Length, index == _history.Count ? _draft : _history[index]);
    }

    private void Complete(string before, bool isAgain)
    {
        var found = complete(before + _text, before.Length + _cursor);
        var start = found.ReplacementIndex - before.Length;
        var matches = found.CompletionMatches;
        var end = Math.Min(start + found.ReplacementLength, _text.Length);
        var common = start < 0 ? null : matches.Select(match => match.CompletionText).DefaultIfEmpty("").Aggregate(CommonPrefix);
        if (common is not null && (matches.Count == 1 || common.Length > end - start))
            Replace(start, end, common);
        else if (isAgain && matches.Count > 0)
            List(matches);
        else
            Console.Out.Write('\a');
    }

    private static string CommonPrefix(string one, string other) =>
        string.Concat(one.Zip(other).TakeWhile(pair => char.ToUpperInvariant(pair.First) == char.ToUpperInvariant(pair.Second)).Select(pair => pair.First));

    // In columns, from the left to the right, and no more than the screen can show.
    private void List(Collection<CompletionResult> matches)
    {
        var wide = Math.Min(matches.Max(match => match.ListItemText.Length) + 2, Columns());
        var inRow = Columns() / wide;
        var shown = inRow * Math.Max(Console.WindowHeight - 3, 1);
        MoveTo(_text.Length);
        foreach (var row in matches.Take(shown).Chunk(inRow))
            Console.Out.Write("\n" + string.Concat(row.Select(match => match.ListItemText.PadRight(wide))).TrimEnd());
        Redraw(shown < matches.Count ? $"\n({matches.Count - shown} more)\n" : "\n");
    }

    private void Replace(int start, int end, string by)
    {
        _text.Remove(start, end - start).Insert(start, by);
        _cursor = start + by.Length;
        // The second half of the letter is the next key.
        if (by.Length == 0 || !char.IsHighSurrogate(by[^1]))
            Draw(by.Length == 1 && char.IsLowSurrogate(by[0]) ? start - 1 : start, end);
    }

    private void Redraw(string above = "")
    {
        Console.Out.Write(above + _prompt);
        _cell = _prompt.Length;
        Draw(0, 0);
    }

    // Writes the line from an index on. Cleared before: the last cell stays as it is when a wide letter doesn't fit into it.
    private void Draw(int from, int formerEnd)
    {
        var output = MoveTo(new StringBuilder(), CellOf(from));
        if (formerEnd > from || from + 1 < _text.Length)
            output.Append("\e[J");
        output.Append(_text, from, _text.Length - from);
        _cell = CellOf(_text.Length);
        // A terminal that has filled its last column goes to the next row only for the letter after it.
        if (_cell > 0 && _cell % Columns() == 0)
            output.Append(" \r");
        Console.Out.Write(MoveTo(output, CellOf(_cursor)));
    }

    private void MoveTo(int index) => Console.Out.Write(MoveTo(new StringBuilder(), CellOf(_cursor = index)));

    private StringBuilder MoveTo(StringBuilder output, int cell)
    {
        var (rows, column) = (cell / Columns() - _cell / Columns(), cell % Columns());
        if (rows != 0)
            output.Append(CultureInfo.InvariantCulture, $"\e[{Math.Abs(rows)}{(rows < 0 ? 'A' : 'B')}");
        var right = column - _cell % Columns();
        if (right != 0)
            output.Append(CultureInfo.InvariantCulture, $"\e[{Math.Abs(right)}{(right < 0 ? 'D' : 'C')}");
        _cell = cell;
        return output;
    }

    // A wide letter is not cut in two at the end of a row.
    private int CellOf(int index) => _text.ToString(0, index).Select(WidthOf)
        .Aggregate(_prompt.Length, (cell, width) => cell + width + (width == 2 && cell % Columns() == Columns() - 1 ? 1 : 0));

    // Chinese, Japanese and Korean letters and, as pairs, what lies beyond 16 bits take two cells.
    private static int WidthOf(char letter) =>
        IsContinued(letter) ? 0 : letter is (>= '\u1100' and <= '\u115f') or (>= '\u2e80' and <= '\uff60') or (>= '\uffe0' and <= '\uffe6') ? 2 : 1;

    private static bool IsContinued(char letter) => char.IsLowSurrogate(letter) || char.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark;

    private int Left() => Enumerable.Range(0, _cursor).LastOrDefault(index => !IsContinued(_text[index]));

    private int Right() => Enumerable.Range(_cursor, _text.Length - _cursor).Skip(1).FirstOrDefault(index => !IsContinued(_text[index]), _text.Length);

    private static int Columns() => Console.WindowWidth is > 0 and var width ? width : 80;
}
