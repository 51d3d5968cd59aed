namespace PSSysVIpc.Commands;

/// <summary>
/// What PowerShell puts before the type's name of an object that was serialized, selected or read from CSV.
/// </summary>
internal static class TravelMarks
{
    private static readonly string[] s_marks = ["Deserialized.", "Selected.", "CSV:"];

    /// <summary>The type as it was.</summary>
    /// <param name="type">Its name.</param>
    /// <param name="hasTravelled">Whether it comes from another session.</param>
    internal static string Strip(string type, out bool hasTravelled)
    {
        hasTravelled = false;
        while (Array.Find(s_marks, mark => type.StartsWith(mark, StringComparison.Ordinal)) is { } mark)
        {
            hasTravelled |= mark == s_marks[0];
            type = type[mark.Length..];
        }

        return type;
    }
}
