using System.Collections.Concurrent;
using Microsoft.Win32.SafeHandles;

namespace PSSysVIpc.Kernel;

/// <summary>The program text of one process, as it is mapped: read once, and against a deadline.</summary>
internal sealed class MappedCode(int processId, ConcurrentDictionary<MappedFile, IpcCalls> known, Deadline deadline)
{
    // Room for as many mappings as a kernel can be told to allow (a million).
    private const int LargestList = 1 << 26;

    // A process that runs other programs one after the other is met in the middle now and then.
    private const int MaximumLists = 10;

    private readonly ProcFile _file = new();
    private readonly ProcFile _mounts = new();
    private HashSet<string>? _fuseDevices;

    /// <summary>The calls it can make; Any where that can't be read, and null where the process has gone.</summary>
    /// <exception cref="ExaminationException">The time is over, or it has too many mappings.</exception>
    internal IpcCalls? ReadCalls()
    {
        CodeLine? unread = null;
        for (var list = 0; list < MaximumLists; list++)
        {
            var maps = _file.Read($"/proc/{processId}/maps", out var errno, deadline, LargestList);
            if (errno is Errno.ENOENT or Errno.ESRCH)
                return null;
            if (errno != 0)
                return IpcCalls.Any;
            // A thread that has ended has no memory any more. If it is the main one, others may live, of whom no files are shown.
            if (maps.IsEmpty)
                return HasOtherThread() ? IpcCalls.Any : null;
            var before = unread;
            if (CallsIn(maps, out unread) is { } calls)
                return calls;
            // Still there: the file is out of our reach. Else the process has ended since, or runs another program.
            if (unread == before)
                return IpcCalls.Any;
        }

        return IpcCalls.Any;
    }

    /// <summary>What the files of one list can call; null where one can't be read.</summary>
    private IpcCalls? CallsIn(ReadOnlySpan<byte> maps, out CodeLine? unread)
    {
        unread = null;
        var mounts = NamespaceLink.Read($"/proc/{processId}/ns/mnt");
        var calls = IpcCalls.None;
        while (!maps.IsEmpty)
        {
            deadline.Check();
            var end = maps.IndexOf((byte)'\n');
            var line = end < 0 ? maps : maps[..end];
            maps = end < 0 ? default : maps[(end + 1)..];
            if (CodeLine.Read(line) is not { } code)
                continue;
            if (CallsOf(code, mounts) is not { } own)
            {
                unread = code;
                return null;
            }

            calls |= own;
        }

        return calls;
    }

    private IpcCalls? CallsOf(CodeLine code, ulong? mounts)
    {
        if (code.Inode is not { } inode)
            return null;
        var file = new MappedFile(code.Device, inode, code.Path, mounts);
        if (known.TryGetValue(file, out var calls))
            return calls;
        if (IsOnFuse(code.Device) || Read(code, inode) is not { } found)
            return null;
        known[file] = found;
        return found;
    }

    private IpcCalls? Read(CodeLine code, ulong inode)
    {
        // By its mapping, which also reaches a file that has been deleted or replaced; that takes a capability. Else by
        // its name, as the process sees it, if it still is the same file.
        if (!Libc.TryOpenRegularFile($"/proc/{processId}/map_files/{code.Range}", out var found, out var descriptor)
            && !Libc.TryOpenRegularFile($"/proc/{processId}/root{code.Path}", out found, out descriptor))
            return null;
        using var file = new SafeFileHandle(descriptor, ownsHandle: true);
        if (found != inode)
            return null;
        return file.IsInvalid ? IpcCalls.None : ElfImports.Read(file, deadline);
    }

    // Whoever opens a file there waits for its server, and when the server has taken the request not even SIGKILL ends
    // that (request_wait_answer in fs/fuse/dev.c): a shell with such a thread could never end.
    private bool IsOnFuse(string device) =>
        (_fuseDevices ??= FuseMounts.Devices(_mounts.Read($"/proc/{processId}/mountinfo", out _, deadline, LargestList))).Contains(device);

    // One that has gone since it was listed may have left a successor.
    private bool HasOtherThread() =>
        ProcFolder.Threads(processId) is not { } threads || threads.Exists(thread => thread.Id != processId);
}
