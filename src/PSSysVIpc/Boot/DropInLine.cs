using PSSysVIpc.Ipc;

namespace PSSysVIpc.Boot;

/// <summary>
/// One line of our drop-in as one of the readers sees it: a piece of the file or, for procps, as many as its line has.
/// </summary>
/// <param name="Reader">Who sees it so.</param>
/// <param name="First">The place of its first piece.</param>
/// <param name="Pieces">Its pieces.</param>
internal sealed record DropInLine(BootReader Reader, int First, IReadOnlyList<SettingPiece> Pieces)
{
    /// <summary>Its bytes, each as one character, without what ends it.</summary>
    internal string Text => SettingPiece.Join(Pieces)[..^Pieces[^1].End.Length];

    /// <summary>
    /// All lines, for each of the readers; those of systemd first, as they are never more than one piece.
    /// </summary>
    internal static IEnumerable<DropInLine> ReadAll(IReadOnlyList<SettingPiece> pieces) =>
        Enum.GetValues<BootReader>().SelectMany(reader => Read(pieces, reader));

    /// <summary>The place and the text of the last word on a sysctl; null where there is none.</summary>
    internal static (int Place, string Value)? LastValueOf(
        string sysctl,
        IReadOnlyList<SettingPiece> pieces,
        BootReader reader
    )
    {
        var settings = ISettingReader.New(reader);
        foreach (var line in Read(pieces, reader))
        {
            if (settings.Read(new SettingLine(DropInFile.Path, line.First, line.Text)) is { } setting)
                settings.Take(setting);
        }

        return settings.WritesTo(SysctlFile.RelativePathOf(sysctl)).LastOrDefault() is { } last
            ? (last.Line.Number, last.Text!)
            : null;
    }

    /// <summary>Whether it is about a sysctl by its name.</summary>
    internal bool Names(string sysctl) =>
        ISettingReader
            .New(Reader)
            .Names(new SettingLine(DropInFile.Path, First, Text), SysctlFile.RelativePathOf(sysctl));

    /// <summary>The place of the piece that names a sysctl; null where it takes more than one to name it.</summary>
    internal int? PlaceOfName(string sysctl)
    {
        var place = 0;
        while (place < Pieces.Count - 1 && string.IsNullOrWhiteSpace(Pieces[place].Text))
            place++;
        return (this with { Pieces = [Pieces[place]] }).Names(sysctl) ? First + place : null;
    }

    private static IEnumerable<DropInLine> Read(IReadOnlyList<SettingPiece> pieces, BootReader reader)
    {
        for (var first = 0; first < pieces.Count; )
        {
            var last = first;
            while (reader == BootReader.Procps && !pieces[last].EndsLine && last + 1 < pieces.Count)
                last++;
            yield return new(reader, first, [.. pieces.Skip(first).Take(last - first + 1)]);
            first = last + 1;
        }
    }
}
