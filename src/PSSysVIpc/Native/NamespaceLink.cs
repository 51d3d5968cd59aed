using System.Globalization;

namespace PSSysVIpc.Native;

/// <summary>The links in /proc/PID/ns, whose text is like <c>ipc:[4026531839]</c> (namespaces(7)).</summary>
internal static class NamespaceLink
{
    /// <summary>
    /// The inode of the first PID namespace of every Linux machine: PROC_PID_INIT_INO of include/linux/proc_ns.h.
    /// </summary>
    internal const ulong FirstPidNamespace = 4026531836;

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
}
