using System.Runtime.CompilerServices;

namespace PSSysVIpc.Native;

/// <summary>Lines of /proc whose fields stand apart by blanks.</summary>
internal static class BlankSeparated
{
    /// <summary>Takes the next field from the front of a line; empty where there is none.</summary>
    // A table of 32,000 rows is read once: there is no second time for the compiler to get better at it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static ReadOnlySpan<byte> Next(scoped ref ReadOnlySpan<byte> line)
    {
        line = line.TrimStart((byte)' ');
        var end = line.IndexOf((byte)' ');
        var field = end < 0 ? line : line[..end];
        line = line[field.Length..];
        return field;
    }
}
