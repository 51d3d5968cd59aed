using PSSysVIpc.Native;

namespace PSSysVIpc.Processes;

/// <summary>What the threads of a process have, taken together.</summary>
internal sealed class ThreadIdentities
{
    // CAP_SETGID and CAP_SETUID, to become another, CAP_IPC_OWNER, to open any IPC object, and CAP_SYS_ADMIN, to remove
    // and hand over any (capabilities(7)).
    private const ulong TakesIdentities = 1 << 6 | 1 << 7 | 1 << 15 | 1 << 21;

    // Each thread can have others. Twice what the kernel lets one thread have.
    private const int MostIdentities = 1 << 17;

    internal HashSet<uint> Users { get; } = [];

    internal HashSet<uint> Groups { get; } = [];

    internal bool MayTakeOthers { get; private set; }

    internal HashSet<ulong>? IpcNamespaces { get; private set; } = [];

    /// <returns>
    /// False where the thread has ended since its status was read: then it has no namespace any more.
    /// </returns>
    internal bool TryAdd(ProcessStatusText status, string folder)
    {
        // Also of one that ends just now: what takes its place is most likely of the same user.
        AddIdentity(status);
        // Of a thread that has just gone, the kernel says that one may not read its namespace.
        var inode = NamespaceLink.Read($"{folder}/ns/ipc");
        if (inode is null && (Errno.HasEnded(Libc.LastError) || !Libc.TryStat($"{folder}/stat", out _)))
            return false;
        if (inode is not { } known)
            IpcNamespaces = null;
        else
            IpcNamespaces?.Add(known);
        return true;
    }

    /// <summary>A thread of which only its status is known.</summary>
    internal void AddUnplaced(ProcessStatusText status)
    {
        AddIdentity(status);
        IpcNamespaces = null;
    }

    private void AddIdentity(ProcessStatusText status)
    {
        status.AddUsers(Users);
        status.AddGroups(Groups);
        if (Users.Count > MostIdentities || Groups.Count > MostIdentities)
            throw new ExaminationException();
        // What a thread is permitted to it may make effective at any time.
        // Root that has given all of that up gets it back with the next program (capabilities(7), execve).
        MayTakeOthers |= Users.Contains(0u) || (status.PermittedCapabilities & TakesIdentities) != 0;
    }
}
