using System.Collections.Concurrent;
using PSSysVIpc.Native;

namespace PSSysVIpc.Processes;

/// <summary>The program text of one process, as it is mapped: read once, and against a deadline.</summary>
internal sealed class MappedCode(int processId, ConcurrentDictionary<MappedFile, IpcCalls> known, Deadline deadline)
{
    // Room for as many mappings as a kernel can be told to allow (a million).
    private const int LargestList = 1 << 26;

    // A process that runs other programs one after the other is met in the middle now and then.
    private const int MaximumLists = 10;

    // Ten of these are many times what the loader needs for its work.
    private static readonly TimeSpan s_loading = TimeSpan.FromMilliseconds(5);

    private readonly ProcFile _file = new();
    private readonly ProcFile _other = new();
    private HashSet<string>? _fuseDevices;

    // Of the process, or of a thread that has the memory still.
    private string _folder = "";

    /// <summary>The calls it can make; Any where that can't be read, and null where the process has gone.</summary>
    /// <exception cref="ExaminationException">The time is over, or it has too many mappings.</exception>
    internal IpcCalls? ReadCalls()
    {
        CodeLine? unread = null;
        var ended = new HashSet<(int Id, ulong Inode)>();
        // A thread that ends while the threads are listed can cut the list short (next_tid in fs/proc/base.c). That
        // doesn't happen twice in a row.
        var quietLists = 0;
        for (var list = 0; list < MaximumLists && quietLists < 2; list++)
        {
            var maps = ReadMaps($"/proc/{processId}", out var errno);
            if (Errno.HasEnded(errno))
                return null;
            if (maps.IsEmpty && errno == 0)
            {
                var before = ended.Count;
                maps = ReadMapsOfThread(ended, out errno);
                quietLists = ended.Count == before ? quietLists + 1 : 0;
            }

            if (errno != 0)
                return IpcCalls.Any;
            if (maps.IsEmpty)
                continue;
            quietLists = 0;
            var unreadBefore = unread;
            if (CallsIn(maps, out unread, out var isLoading) is { } calls)
                return calls;
            if (isLoading)
                Thread.Sleep(s_loading);
            // Still there: the file is out of our reach. Else the process has ended since, or runs another program.
            else if (unread == unreadBefore && ended.Count == 0)
                return IpcCalls.Any;
        }

        return quietLists == 2 ? null : IpcCalls.Any;
    }

    private ReadOnlySpan<byte> ReadMaps(string folder, out int errno)
    {
        _folder = folder;
        return _file.Read($"{folder}/maps", out errno, deadline, LargestList);
    }

    // The main thread has ended: it has no memory any more (exit_mm in kernel/exit.c). In a process that lives on
    // others have it. In one that ends, they are told to by a signal that only they have (zap_other_threads in
    // kernel/signal.c).
    private ReadOnlySpan<byte> ReadMapsOfThread(HashSet<(int Id, ulong Inode)> ended, out int errno)
    {
        errno = Errno.EACCES;
        if (ProcFolder.Threads(processId) is not { } threads)
            return default;
        foreach (var thread in threads.Where(thread => !ended.Contains(thread)))
        {
            deadline.Check();
            var folder = $"/proc/{processId}/task/{thread.Id}";
            var maps = ReadMaps(folder, out errno);
            if (errno != 0 && !Errno.HasEnded(errno))
                return default;
            if (
                !maps.IsEmpty
                && !new ProcessStatusText(_other.Read($"{folder}/status", out _, deadline, LargestList)).IsKilled
            )
                return maps;
            ended.Add(thread);
        }

        errno = 0;
        return default;
    }

    /// <summary>What the files of one list can call; null where one can't be read, or is missing.</summary>
    /// <param name="maps">The list.</param>
    /// <param name="unread">The one that can't be read.</param>
    /// <param name="isLoading">
    /// Whether the process is just beginning another program: its memory is new and without that (begin_new_exec in
    /// fs/exec.c), or the loader (ld.so(8)) has not mapped the libraries yet.
    /// </param>
    private IpcCalls? CallsIn(ReadOnlySpan<byte> maps, out CodeLine? unread, out bool isLoading)
    {
        unread = null;
        isLoading = false;
        var files = new HashSet<string>(StringComparer.Ordinal);
        var programs = new HashSet<string>(StringComparer.Ordinal);
        var mounts = NamespaceLink.Read($"{_folder}/ns/mnt");
        var calls = IpcCalls.None;
        while (!maps.IsEmpty)
        {
            deadline.Check();
            var end = maps.IndexOf((byte)'\n');
            var line = end < 0 ? maps : maps[..end];
            maps = end < 0 ? default : maps[(end + 1)..];
            if (CodeLine.Read(line) is not { } code)
                continue;
            files.Add(code.Path);
            if (code.IsExecutable)
                programs.Add(code.Path);
            if (CallsOf(code, mounts) is not { } own)
            {
                unread = code;
                return null;
            }

            calls |= own;
        }

        calls |= CallsOfProgram(files, out var isGone);
        isLoading = isGone || programs.Count == 0 || (programs.Count <= 2 && programs.Any(IsLoader));
        return isLoading && calls == IpcCalls.None ? null : calls;
    }

    // A program can have unmapped its file, as those do that move their text to huge pages.
    private IpcCalls CallsOfProgram(HashSet<string> mapped, out bool isGone)
    {
        isGone = false;
        if (Libc.ReadLink($"{_folder}/exe") is not { } path)
        {
            isGone = Errno.HasEnded(Libc.LastError);
            return isGone ? IpcCalls.None : IpcCalls.Any;
        }

        if (mapped.Contains(path))
            return IpcCalls.None;
        // Nobody knows here whether it lies on one.
        if (HasFuse)
            return IpcCalls.Any;
        if (Libc.OpenRegularFile($"{_folder}/exe", out _, out var file) != 0 || file is null)
            return IpcCalls.Any;
        using (file)
            return ElfImports.Read(file, deadline) ?? IpcCalls.Any;
    }

    // ld-linux-x86-64.so.2 of glibc. That of musl is the C library, too: most programs have nothing else loaded.
    private static bool IsLoader(string path) =>
        Path.GetFileName(path) is var name
        && name.StartsWith("ld-", StringComparison.Ordinal)
        && !name.StartsWith("ld-musl-", StringComparison.Ordinal);

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
        // By its mapping, which also reaches a file that has been deleted or replaced; that takes a capability
        // (proc_map_files_get_link in fs/proc/base.c). Else by its name, as the process sees it, if it still is the
        // same file.
        if (
            Libc.OpenRegularFile($"{_folder}/map_files/{code.Range}", out var found, out var file) != 0
            && Libc.OpenRegularFile($"{_folder}/root{code.Path}", out found, out file) != 0
        )
        {
            return null;
        }

        using (file)
        {
            if (found != inode)
                return null;
            return file is null ? IpcCalls.None : ElfImports.Read(file, deadline);
        }
    }

    // Whoever opens a file there waits for its server, and when the server has taken the request not even SIGKILL ends
    // that (request_wait_answer in fs/fuse/dev.c): a shell with such a thread could never end.
    private bool IsOnFuse(string device) => FuseDevices is not { } devices || devices.Contains(device);

    private bool HasFuse => FuseDevices is not { Count: 0 };

    // Null where they can't be read.
    private HashSet<string>? FuseDevices
    {
        get
        {
            if (_fuseDevices is null)
            {
                var mounts = _other.Read($"{_folder}/mountinfo", out var errno, deadline, LargestList);
                _fuseDevices = errno == 0 ? FuseMounts.Devices(mounts) : null;
            }

            return _fuseDevices;
        }
    }
}
