namespace PSSysVIpc.Commands;

/// <summary>A line of a file for sysctl (sysctl.d(5)): a name, an equals sign, a value.</summary>
/// <param name="Name">The name: kernel.sem.</param>
/// <param name="Value">What stands behind the sign.</param>
internal sealed record LimitLine(string Name, string Value)
{
    /// <summary>Whether there is nothing in a line but blanks or a comment.</summary>
    internal static bool IsIdle(string line) => line.Trim() is "" or ['#' or ';', ..];

    /// <returns>Null where it is no such line.</returns>
    internal static LimitLine? Read(string line)
    {
        var sign = line.IndexOf('=', StringComparison.Ordinal);
        if (sign < 0)
            return null;
        // A minus before a name tells the reader to be silent where that fails.
        var name = line[..sign].Trim();
        name = name.StartsWith('-') ? name[1..].TrimStart() : name;
        return name.Length == 0 ? null : new(name, line[(sign + 1)..].Trim());
    }
}
