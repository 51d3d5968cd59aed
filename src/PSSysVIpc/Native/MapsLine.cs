using System.Text;

namespace PSSysVIpc.Native;

/// <summary>
/// One line of /proc/PID/maps (proc(5)): <c>7f5a673bb000-7f5a673be000 rw-s 00000000 00:01 5  /SYSV00001234 (deleted)
/// </c>. What the line doesn't have is empty.
/// </summary>
internal readonly ref struct MapsLine
{
    private readonly ReadOnlySpan<byte> _addresses;

    internal MapsLine(ReadOnlySpan<byte> line)
    {
        _addresses = BlankSeparated.Next(ref line);
        Rights = BlankSeparated.Next(ref line);
        BlankSeparated.Next(ref line);
        Device = BlankSeparated.Next(ref line);
        Inode = BlankSeparated.Next(ref line);
        Path = line.TrimStart((byte)' ');
    }

    /// <summary><c>rw-s</c></summary>
    internal ReadOnlySpan<byte> Rights { get; }

    internal ReadOnlySpan<byte> Device { get; }

    internal ReadOnlySpan<byte> Inode { get; }

    internal ReadOnlySpan<byte> Path { get; }

    /// <summary>Its addresses, as the folder map_files names it.</summary>
    // Here low addresses have eight digits, there no zeros in front (show_vma_header_prefix and proc_map_files_readdir
    // in fs/proc): those of programs that are not position-independent.
    internal string ToRange()
    {
        var dash = Math.Max(0, _addresses.IndexOf((byte)'-'));
        return $"{Short(_addresses[..dash])}-{Short(_addresses[(dash + 1)..])}";

        static string Short(ReadOnlySpan<byte> address) =>
            Encoding.ASCII.GetString(address.TrimStart((byte)'0') is { IsEmpty: false } digits ? digits : "0"u8);
    }
}
