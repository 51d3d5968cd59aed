using System.Text;

namespace PSSysVIpc.Processes;

/// <summary>
/// A file that is mapped into processes. Subvolumes of one disk share its device, and their files may have the same
/// inodes; within one mount namespace the path tells them apart.
/// </summary>
internal readonly record struct MappedFile(string Device, ulong Inode, string Path, ulong? Mounts);

/// <summary>
/// One line of /proc/PID/maps of a file that is mapped to be executed: <c>7f12-7f34 r-xp 00000000 fd:01 1234
/// /usr/lib/libapr-1.so.0</c>.
/// </summary>
/// <param name="Range">Its addresses, as the folder map_files names it.</param>
/// <param name="Device">The device of the file.</param>
/// <param name="Inode">Its inode; null where the line says something else.</param>
/// <param name="Path">Its path, as the process sees it.</param>
internal readonly record struct CodeLine(string Range, string Device, ulong? Inode, string Path)
{
    private const int Fields = 5;

    /// <returns>Null where the line is of something else: most are, so that nothing is made of those.</returns>
    internal static CodeLine? Read(ReadOnlySpan<byte> line)
    {
        Span<Range> fields = stackalloc Range[Fields];
        var start = 0;
        for (var field = 0; field < Fields; field++)
        {
            start += line[start..].IndexOfAnyExcept((byte)' ') is > 0 and var blanks ? blanks : 0;
            var length = line[start..].IndexOf((byte)' ');
            if (length <= 0)
                return null;
            fields[field] = start..(start + length);
            start += length;
        }

        var path = line[start..].TrimStart((byte)' ');
        var rights = line[fields[1]];
        // Memory that has only a name, and shared memory, bring no program text with symbols.
        if (rights.Length < 3 || rights[2] != 'x' || path is not [(byte)'/', ..] || path.StartsWith("/SYSV"u8))
            return null;
        return new(
            Encoding.UTF8.GetString(line[fields[0]]),
            Encoding.UTF8.GetString(line[fields[3]]),
            ulong.TryParse(line[fields[4]], out var inode) ? inode : null,
            Encoding.UTF8.GetString(path)
        );
    }
}
