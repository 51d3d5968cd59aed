using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace PSSysVIpc.Native;

/// <summary>A mapping of a file whose changes others see.</summary>
/// <param name="Range">Its addresses, as the folder map_files names it.</param>
/// <param name="Inode">The file.</param>
/// <param name="Device">The file system that it lies on.</param>
/// <param name="Name">Its path.</param>
internal readonly record struct SharedMapping(string Range, ulong Inode, (uint Major, uint Minor) Device, byte[] Name);

/// <summary>
/// The shared mappings of a process (proc(5), maps): asked one by one where the kernel can do that (PROCMAP_QUERY,
/// since Linux 6.11), as most have hundreds of others; else all are read.
/// </summary>
internal sealed class SharedMappings(Deadline deadline)
{
    // struct procmap_query of <linux/fs.h>, and what stands where in it.
    private const nuint PROCMAP_QUERY = 0xc0686611;
    private const int Size = 104;
    private const int Flags = 8;
    private const int Address = 16;
    private const int Start = 24;
    private const int End = 32;
    private const int Inode = 64;
    private const int Major = 72;
    private const int Minor = 76;
    private const int NameSize = 80;
    private const int NameAddress = 88;

    // PROCMAP_QUERY_VMA_SHARED, COVERING_OR_NEXT_VMA and FILE_BACKED_VMA.
    private const ulong SharedFileFromHere = 0x38;

    private const int LongestName = 4096;

    // Room for as many mappings as a kernel can be told to allow (a million).
    private const int LargestList = 1 << 26;

    /// <summary>Adds those that lie on given devices.</summary>
    /// <param name="folder">The process, or one of its threads: <c>/proc/4711</c>.</param>
    /// <param name="isWanted">Whether a device is one of those.</param>
    /// <param name="found">Where to.</param>
    /// <returns>False where it has no memory any more: its main thread has ended, or all of it.</returns>
    /// <exception cref="ExaminationException">The time is over, or it has too many.</exception>
    internal bool TryAdd(string folder, Func<(uint, uint), bool> isWanted, List<SharedMapping> found)
    {
        using var maps = Libc.Open($"{folder}/maps");
        if (maps.IsInvalid)
            return !Errno.HasEnded(Libc.LastError);
        return Ask(maps, isWanted, found) switch
        {
            0 or Errno.ENOENT => true,
            Errno.ESRCH => false,
            _ => Read($"{folder}/maps", isWanted, found),
        };
    }

    /// <returns>The errno that ended it: ENOENT after the last one.</returns>
    private int Ask(SafeFileHandle maps, Func<(uint, uint), bool> isWanted, List<SharedMapping> found)
    {
        Span<byte> query = stackalloc byte[Size];
        Span<byte> name = stackalloc byte[LongestName];
        for (ulong address = 0; ; address = Number(query, End))
        {
            deadline.Check();
            if (Ask(maps, query, address, []) != 0)
                return Libc.LastError;
            if (!isWanted(DeviceOf(query)))
                continue;
            // Its name costs more than all the rest.
            if (Ask(maps, query, address, name) != 0)
                return Libc.LastError;
            var length = Math.Max(1, BinaryPrimitives.ReadInt32LittleEndian(query[NameSize..]));
            found.Add(
                new(
                    string.Create(CultureInfo.InvariantCulture, $"{Number(query, Start):x}-{Number(query, End):x}"),
                    Number(query, Inode),
                    DeviceOf(query),
                    name[..(length - 1)].ToArray()
                )
            );
        }
    }

    private static unsafe int Ask(SafeFileHandle maps, Span<byte> query, ulong address, Span<byte> name)
    {
        query.Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(query, Size);
        BinaryPrimitives.WriteUInt64LittleEndian(query[Flags..], SharedFileFromHere);
        BinaryPrimitives.WriteUInt64LittleEndian(query[Address..], address);
        BinaryPrimitives.WriteInt32LittleEndian(query[NameSize..], name.Length);
        fixed (byte* pointer = name)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(query[NameAddress..], (ulong)pointer);
            return Libc.Query(maps, PROCMAP_QUERY, query);
        }
    }

    private bool Read(string path, Func<(uint, uint), bool> isWanted, List<SharedMapping> found)
    {
        var text = new ProcFile().Read(path, out var errno, deadline, LargestList);
        var isEmpty = text.IsEmpty;
        while (!text.IsEmpty)
        {
            deadline.Check();
            var end = text.IndexOf((byte)'\n');
            var line = end < 0 ? text : text[..end];
            text = end < 0 ? [] : text[(end + 1)..];
            if (Parse(line) is { } mapping && isWanted(mapping.Device))
                found.Add(mapping);
        }

        return !isEmpty || !(errno == 0 || Errno.HasEnded(errno));
    }

    /// <returns>Null where the line isn't of a shared file.</returns>
    internal static SharedMapping? Parse(ReadOnlySpan<byte> line)
    {
        var mapping = new MapsLine(line);
        var device = mapping.Device;
        var colon = device.IndexOf((byte)':');
        return
            mapping.Rights is [_, _, _, (byte)'s']
            && colon >= 0
            && Utf8Parser.TryParse(device[..colon], out uint major, out _, 'x')
            && Utf8Parser.TryParse(device[(colon + 1)..], out uint minor, out _, 'x')
            && Utf8Parser.TryParse(mapping.Inode, out ulong inode, out _)
            ? new(mapping.ToRange(), inode, (major, minor), mapping.Path.ToArray())
            : null;
    }

    private static ulong Number(ReadOnlySpan<byte> query, int offset) =>
        BinaryPrimitives.ReadUInt64LittleEndian(query[offset..]);

    private static (uint, uint) DeviceOf(ReadOnlySpan<byte> query) =>
        (
            BinaryPrimitives.ReadUInt32LittleEndian(query[Major..]),
            BinaryPrimitives.ReadUInt32LittleEndian(query[Minor..])
        );
}
