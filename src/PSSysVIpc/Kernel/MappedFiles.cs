using System.Text;
using Microsoft.Win32.SafeHandles;

namespace PSSysVIpc.Kernel;

/// <summary>
/// Which IPC calls a running process can make, from the files that are mapped into it to be executed. Each file is
/// read once, whatever number of processes has it.
/// </summary>
internal sealed class MappedFiles
{
    private const int FileTypeMask = 0xF000;
    private const int RegularFile = 0x8000;
    private readonly ProcFile _file = new();
    private readonly Dictionary<(string Device, ulong Inode), IpcCalls> _known = [];

    /// <summary>The calls a process can make. Any where that can't be read: what can't be ruled out counts.</summary>
    internal IpcCalls CallsOf(int processId)
    {
        var maps = Encoding.UTF8.GetString(_file.Read($"/proc/{processId}/maps", out var errno));
        if (errno is Errno.ENOENT or Errno.ESRCH)
            return IpcCalls.None;
        if (errno != 0)
            return IpcCalls.Any;
        var calls = IpcCalls.None;
        foreach (var line in maps.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            // 7f12-7f34 r-xp 00000000 fd:01 1234    /usr/lib/libapr-1.so.0
            var fields = line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length < 6 || fields[1].Length < 3 || fields[1][2] != 'x' || !IsFile(fields[5].TrimStart()))
                continue;
            if (!ulong.TryParse(fields[4], out var inode))
                return IpcCalls.Any;
            if (!_known.TryGetValue((fields[3], inode), out var own))
                _known[(fields[3], inode)] = own = Read(processId, fields[0], fields[5].TrimStart(), inode) ?? IpcCalls.Any;
            calls |= own;
        }

        return calls;
    }

    // Shared memory, devices and memory that has only a name bring no program text with symbols.
    private static bool IsFile(string path) =>
        path.StartsWith('/') && !path.StartsWith("/SYSV", StringComparison.Ordinal) && !path.StartsWith("/dev/", StringComparison.Ordinal);

    private static IpcCalls? Read(int processId, string range, string path, ulong inode)
    {
        // By its mapping, which also reaches a file that has been deleted or replaced; that takes a capability. Else by
        // its name, as the process sees it, if it still is the same file.
        var descriptor = Libc.OpenWithoutWaiting($"/proc/{processId}/map_files/{range}");
        if (descriptor < 0)
            descriptor = Libc.OpenWithoutWaiting($"/proc/{processId}/root{path}");
        if (descriptor < 0)
            return null;
        using var file = new SafeFileHandle(descriptor, ownsHandle: true);
        if (!Libc.TryStat(descriptor, out var mode, out var found) || found != inode)
            return null;
        return (mode & FileTypeMask) == RegularFile ? ElfImports.Read(file) : IpcCalls.None;
    }
}
