using System.Text;
using PSSysVIpc.Native;

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
    /// <returns>Null where the line is of something else: most are, so that nothing is made of those.</returns>
    internal static CodeLine? Read(ReadOnlySpan<byte> line)
    {
        var mapping = new MapsLine(line);
        // Memory that has only a name is no file. What others see changes in is data (databases map thousands of such
        // files), unless it may be executed; what is private may be made executable at any time.
        if (mapping.Rights is not [_, _, var execute, var sharing] || mapping.Path is not [(byte)'/', ..])
            return null;
        if (execute != 'x' && sharing != 'p')
            return null;
        return new(
            mapping.ToRange(),
            Encoding.UTF8.GetString(mapping.Device),
            ulong.TryParse(mapping.Inode, out var inode) ? inode : null,
            Encoding.UTF8.GetString(mapping.Path),
            execute == 'x'
        );
    }
}
