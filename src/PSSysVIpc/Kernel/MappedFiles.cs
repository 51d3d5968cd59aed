using System.Text;
using Microsoft.Win32.SafeHandles;

namespace PSSysVIpc.Kernel;

/// <summary>
/// Which IPC calls a running process can make, from the files that are mapped into it to be executed. Each file is
/// read once, whatever number of processes has it.
/// </summary>
internal sealed class MappedFiles
{
    private readonly ProcFile _file = new();

    // Subvolumes of one disk share its device, and their files may have the same inodes. Within one mount namespace the
    // path tells them apart.
    private readonly Dictionary<(string Device, ulong Inode, string Path, ulong? Mounts), IpcCalls> _known = [];

    /// <summary>
    /// The calls a process can make. Any where that can't be read: what can't be ruled out counts. Null where the process
    /// has gone.
    /// </summary>
    internal IpcCalls? CallsOf(int processId)
    {
        var maps = ReadMaps(processId, out var errno);
        while (errno == 0 && maps.Length > 0)
        {
            if (CallsIn(maps, processId) is { } calls)
                return calls;
            var before = maps;
            maps = ReadMaps(processId, out errno);
            // Still the same: the file is out of our reach.
            if (maps == before)
                return IpcCalls.Any;
        }

        if (errno is Errno.ENOENT or Errno.ESRCH)
            return null;
        // A thread that has ended has no memory any more. If it is the main one, others may live, of whom no files are shown.
        return errno == 0 && !HasLivingThread(processId) ? null : IpcCalls.Any;
    }

    private string ReadMaps(int processId, out int errno) =>
        Encoding.UTF8.GetString(_file.Read($"/proc/{processId}/maps", out errno));

    /// <summary>What the files of one list can call; null where one can't be read, as when the process has ended or runs another program.</summary>
    private IpcCalls? CallsIn(string maps, int processId)
    {
        var mounts = NamespaceLink.Read($"/proc/{processId}/ns/mnt");
        var calls = IpcCalls.None;
        foreach (var line in maps.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            // 7f12-7f34 r-xp 00000000 fd:01 1234    /usr/lib/libapr-1.so.0
            var fields = line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length < 6 || fields[1].Length < 3 || fields[1][2] != 'x')
                continue;
            var path = fields[5].TrimStart();
            // Memory that has only a name, and shared memory, bring no program text with symbols.
            if (!path.StartsWith('/') || path.StartsWith("/SYSV", StringComparison.Ordinal))
                continue;
            if (!ulong.TryParse(fields[4], out var inode))
                return null;
            if (!_known.TryGetValue((fields[3], inode, path, mounts), out var own))
            {
                if (Read(processId, fields[0], path, inode) is not { } found)
                    return null;
                _known[(fields[3], inode, path, mounts)] = own = found;
            }

            calls |= own;
        }

        return calls;
    }

    private bool HasLivingThread(int processId) =>
        ProcFolder.List($"/proc/{processId}/task") is not { } threads
        || threads.Exists(thread => !_file.Read($"/proc/{processId}/task/{thread.Id}/maps", out _).IsEmpty);

    private static IpcCalls? Read(int processId, string range, string path, ulong inode)
    {
        // By its mapping, which also reaches a file that has been deleted or replaced; that takes a capability. Else by
        // its name, as the process sees it, if it still is the same file.
        if (!Libc.TryOpenRegularFile($"/proc/{processId}/map_files/{range}", out var found, out var descriptor)
            && !Libc.TryOpenRegularFile($"/proc/{processId}/root{path}", out found, out descriptor))
            return null;
        using var file = new SafeFileHandle(descriptor, ownsHandle: true);
        if (found != inode)
            return null;
        return file.IsInvalid ? IpcCalls.None : ElfImports.Read(file);
    }
}
