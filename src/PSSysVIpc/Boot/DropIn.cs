using PSSysVIpc.Ipc;

namespace PSSysVIpc.Boot;

/// <summary>
/// What stands in our file of /etc/sysctl.d: a header, our lines, and whatever an admin has added by hand, which stays
/// as it is to the byte. It doesn't change; <see cref="DropInFile"/> reads and writes it.
/// </summary>
internal sealed class DropIn
{
    /// <summary>By this first line we know the file for ours: it must never change.</summary>
    internal const string FirstLine =
        "# Written by PSSysVIpc, a PowerShell module for System V IPC (Set-IpcLimit -Persist).";

    /// <summary>No file.</summary>
    internal static readonly DropIn Empty = new("");

    private static readonly string[] s_header =
    [
        FirstLine,
        "# To undo: Remove-IpcLimitPersistence. What you add here by hand is kept; one line is ours for each sysctl: "
            + "name = numbers.",
    ];

    private readonly List<SettingPiece> _pieces;

    /// <param name="content">The bytes of the file, each as one character.</param>
    internal DropIn(string content)
    {
        Content = content;
        _pieces = SettingPiece.Split(content);
    }

    /// <summary>The bytes of the file, each as one character.</summary>
    internal string Content { get; }

    /// <summary>Whether there is to be no file.</summary>
    internal bool IsEmpty => Content.Length == 0;

    /// <summary>Whether we may change it.</summary>
    internal bool IsOurs => !IsEmpty && _pieces[0].Text.TrimEnd() == FirstLine;

    /// <summary>The limits' sysctls that it names (kernel.sem), be it in our lines or in others.</summary>
    internal IReadOnlyList<string> Keys
    {
        get
        {
            var lines = DropInLine.ReadAll(_pieces).ToList();
            return [.. LimitTable.Sysctls.Where(sysctl => lines.Exists(line => line.Names(sysctl)))];
        }
    }

    /// <summary>What our line for a sysctl says; null where there is none.</summary>
    internal string? ValueOf(string sysctl) =>
        FindOurs(_pieces, sysctl) is >= 0 and var place ? _pieces[place].Text[(sysctl.Length + 3)..].Trim() : null;

    /// <summary>
    /// Sets sysctls, each in one line of ours that wins over all others in the file, whoever reads it.
    /// </summary>
    /// <param name="values">The text to write to each: kernel.sem, 250 32000 32 512.</param>
    internal DropIn With(IReadOnlyDictionary<string, string> values)
    {
        if (values.Count == 0)
            return this;
        List<SettingPiece> pieces = IsEmpty ? [.. s_header.Select(line => new SettingPiece(line, "\n"))] : [.. _pieces];
        foreach (var (sysctl, value) in values)
            Set(pieces, sysctl, value);
        return Of(pieces);
    }

    /// <summary>
    /// Takes sysctls out: every line that names one, also one that was added by hand. Patterns stay, as they may mean
    /// others. There is no file any more when nothing but our header is left.
    /// </summary>
    /// <exception cref="FormatException">
    /// What names one can't be told from the rest of its line, which the readers end at different places.
    /// </exception>
    internal DropIn Without(IReadOnlyCollection<string> sysctls)
    {
        List<SettingPiece> left = [.. _pieces];
        // What is taken out can leave a line that names one, too.
        while (FindName(left, sysctls) is var (line, sysctl))
            SettingPiece.RemoveAt(left, line.PlaceOfName(sysctl) ?? throw Ambiguous(line, sysctl));
        return left.TrueForAll(piece =>
            string.IsNullOrWhiteSpace(piece.Text) || s_header.Contains(piece.Text.TrimEnd())
        )
            ? Empty
            : Of(left);
    }

    private static (DropInLine Line, string Sysctl)? FindName(
        List<SettingPiece> pieces,
        IReadOnlyCollection<string> sysctls
    )
    {
        foreach (var line in DropInLine.ReadAll(pieces))
        {
            if (sysctls.FirstOrDefault(line.Names) is { } sysctl)
                return (line, sysctl);
        }

        return null;
    }

    private static FormatException Ambiguous(DropInLine line, string sysctl) =>
        new(
            $"the line that begins with '{Printable.Of(line.Text.TrimStart(), 40)}' sets {sysctl} for one of the "
                + "programs that read it at boot and not for "
                + "the other, as a carriage return or a null byte stands in it. Correct that line by hand"
        );

    private static void Set(List<SettingPiece> pieces, string sysctl, string value)
    {
        var text = $"{sysctl} = {value}";
        var place = FindOurs(pieces, sysctl);
        if (place >= 0)
        {
            pieces[place] = pieces[place] with { Text = text };
            if (
                Enum.GetValues<BootReader>()
                    .All(reader => DropInLine.LastValueOf(sysctl, pieces, reader) == (place, value))
            )
                return;
            // Somebody has added another line below it, which would undo ours.
            SettingPiece.RemoveAt(pieces, place);
        }

        // Behind all others it wins. Somebody may have left out the new line at the end.
        if (pieces.Count > 0 && !pieces[^1].End.EndsWith('\n'))
            pieces[^1] = pieces[^1] with { End = pieces[^1].End + "\n" };
        pieces.Add(new(text, "\n"));
    }

    // What is ours is a line to every reader. A piece of somebody's longer line may look like it.
    private static int FindOurs(List<SettingPiece> pieces, string sysctl)
    {
        var place = pieces.Count;
        while (
            --place >= 0
            && !(
                IsOurLine(pieces[place].Text, sysctl)
                && pieces[place].EndsLine
                && (place == 0 || pieces[place - 1].EndsLine)
            )
        ) { }

        return place;
    }

    private static bool IsOurLine(string line, string sysctl) =>
        line.StartsWith($"{sysctl} = ", StringComparison.Ordinal)
        && line[(sysctl.Length + 3)..].TrimEnd().All(value => char.IsAsciiDigit(value) || value is ' ' or '-');

    private static DropIn Of(IEnumerable<SettingPiece> pieces) => new(SettingPiece.Join(pieces));
}
