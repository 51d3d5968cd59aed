using System.Globalization;

namespace PSSysVIpc.Native;

/// <summary>The links in /proc/PID/ns, whose text is like <c>ipc:[4026531839]</c> (namespaces(7)).</summary>
internal static class NamespaceLink
{
    /// <summary>
    /// The inode of the first PID namespace of every Linux machine: PROC_PID_INIT_INO of include/linux/proc_ns.h.
    /// </summary>
    internal const ulong FirstPidNamespace = 4026531836;

    /// <summary>The same of the first IPC namespace: PROC_IPC_INIT_INO.</summary>
    internal const ulong FirstIpcNamespace = 4026531839;

    /// <summary>The same of the first user namespace: PROC_USER_INIT_INO.</summary>
    internal const ulong FirstUserNamespace = 4026531837;

    /// <summary>The namespace's inode; null where the link can't be read.</summary>
    internal static ulong? Read(string path)
    {
        var text = Libc.ReadLink(path);
        var open = text?.IndexOf('[') ?? -1;
        return
            open >= 0
            && ulong.TryParse(
                text.AsSpan(open + 1).TrimEnd(']'),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var inode
            )
            ? inode
            : null;
    }

    /// <summary>
    /// The user namespaces in which a capability counts for a namespace: the one that owns it and those that this one
    /// lies in (user_namespaces(7)), up to our own. Null where it is owned from outside our own, or that can't be told.
    /// </summary>
    internal static HashSet<ulong>? ReadOwners(string path)
    {
        using var file = Libc.Open(path);
        if (file.IsInvalid)
            return null;
        var owners = new HashSet<ulong>();
        var next = Libc.OwningUserNamespace(file);
        while (true)
        {
            using var owner = next;
            if (owner.IsInvalid || Read($"/proc/self/fd/{owner.DangerousGetHandle()}") is not { } inode)
                return null;
            owners.Add(inode);
            next = Libc.ParentNamespace(owner);
            // Where our own ends, so does the list.
            if (next.IsInvalid)
                return Libc.LastError == Errno.EPERM ? owners : null;
        }
    }
}
