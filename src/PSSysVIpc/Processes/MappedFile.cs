using System.Text;

namespace PSSysVIpc.Processes;

/// <summary>
/// A file that is mapped into processes. Subvolumes of one disk share its device, and their files may have the same
/// inodes; within one mount namespace the path tells them apart.
/// </summary>
internal readonly record struct MappedFile(string Device, ulong Inode, string Path, ulong? Mounts);

/// <summary>
/// One line of /proc/PID/maps of a file that can be program text: <c>7f12-7f34 r-xp 00000000 fd:01 1234
/// /usr/lib/libapr-1.so.0</c>.
/// </summary>
/// <param name="Range">Its addresses, as the folder map_files names it.</param>
/// <param name="Device">The device of the file.</param>
/// <param name="Inode">Its inode; null where the line says something else.</param>
/// <param name="Path">Its path, as the process sees it.</param>
/// <param name="IsExecutable">Whether it is mapped to be executed.</param>
internal readonly record struct CodeLine(string Range, string Device, ulong? Inode, string Path, bool IsExecutable)
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
        // Memory that has only a name is no file. What others see changes in is data (databases map thousands of such
        // files), unless it may be executed; what is private may be made executable at any time.
        if (rights is not [_, _, var execute, var sharing] || path is not [(byte)'/', ..])
            return null;
        if (execute != 'x' && sharing != 'p')
            return null;
        return new(
            RangeOf(line[fields[0]]),
            Encoding.UTF8.GetString(line[fields[3]]),
            ulong.TryParse(line[fields[4]], out var inode) ? inode : null,
            Encoding.UTF8.GetString(path),
            execute == 'x'
        );
    }

    // Here low addresses have eight digits, there no zeros in front (show_vma_header_prefix and proc_map_files_readdir
    // in fs/proc): those of programs that are not position-independent.
    private static string RangeOf(ReadOnlySpan<byte> addresses)
    {
        var dash = Math.Max(0, addresses.IndexOf((byte)'-'));
        return $"{Short(addresses[..dash])}-{Short(addresses[(dash + 1)..])}";

        static string Short(ReadOnlySpan<byte> address) =>
            Encoding.ASCII.GetString(address.TrimStart((byte)'0') is { IsEmpty: false } digits ? digits : "0"u8);
    }
}
