namespace PSSysVIpc.Boot;

/// <summary>A line of our drop-in, as the reader with the most line ends sees it, and the bytes that end it.</summary>
/// <param name="Text">Its bytes, each as one character.</param>
/// <param name="End">What ends it, one of \n, \r\n, \r and a null byte; empty where the file ends.</param>
internal readonly record struct SettingPiece(string Text, string End)
{
    private const char LineFeed = '\n';

    /// <summary>Whether a line ends here for every reader: procps' getline knows the line feed alone.</summary>
    internal bool EndsLine => End.Length == 0 || End[^1] == LineFeed;

    /// <summary>
    /// Takes a text apart. Put together again, the pieces are the text to the byte. systemd's read_line_full
    /// (src/basic/fileio.c) ends a line at a line feed, a carriage return and a null byte.
    /// </summary>
    internal static List<SettingPiece> Split(string content)
    {
        var pieces = new List<SettingPiece>();
        for (var start = 0; start < content.Length; )
        {
            var end = content.AsSpan(start).IndexOfAny(LineFeed, '\r', '\0');
            if (end < 0)
            {
                pieces.Add(new(content[start..], ""));
                break;
            }

            end += start;
            var next = content.AsSpan(end).StartsWith("\r\n") ? end + 2 : end + 1;
            pieces.Add(new(content[start..end], content[end..next]));
            start = next;
        }

        return pieces;
    }

    internal static string Join(IEnumerable<SettingPiece> pieces) =>
        string.Concat(pieces.Select(piece => piece.Text + piece.End));

    /// <summary>
    /// Takes one out, with what ends it. If only that ended the line for every reader, the piece before it ends the
    /// line instead, so that what follows doesn't become a part of it.
    /// </summary>
    internal static void RemoveAt(List<SettingPiece> pieces, int place)
    {
        var end = pieces[place].End;
        pieces.RemoveAt(place);
        if (place > 0 && !pieces[place - 1].EndsLine && end.EndsWith(LineFeed))
            pieces[place - 1] = pieces[place - 1] with { End = end };
    }
}
