using PSSysVIpc.Boot;
using PSSysVIpc.Ipc;
using PSSysVIpc.Native;

namespace PSSysVIpc.Limits;

/// <summary>Whether what is persisted from here is what the machine's boot reads, and for whom.</summary>
internal static class BootPlace
{
    /// <summary>Why the next boot will not be what the caller may think, as a sentence; null where it is.</summary>
    internal static string? FindDoubt(IpcKernel kernel)
    {
        var isMachines =
            NamespaceLink.Read("/proc/self/ns/pid") == NamespaceLink.FirstPidNamespace
            && !AreTwo(DropInFile.Folder, $"/proc/1/root{DropInFile.Folder}");
        if (!isMachines)
            return $"No boot of the machine reads {DropInFile.Path} here: this is a container, or a folder of this "
                + "shell's own lies over it. Set limits where the container is started, or on the machine itself.";
        return IsFirst(kernel)
            ? null
            : "This shell is in an IPC namespace of its own: what was set holds in it alone, and what was persisted "
                + "is for the machine at its next boot.";
    }

    /// <summary>Whether the limits of now are the machine's: else they say nothing of its next boot.</summary>
    internal static bool IsFirst(IpcKernel kernel) => kernel.NamespaceId == NamespaceLink.FirstIpcNamespace;

    /// <summary>
    /// Whether a folder and what process 1 has by its name are two. Who may not look there isn't the one who may write;
    /// and a process 1 that has none, as in some virtual machines, is no measure.
    /// </summary>
    internal static bool AreTwo(string ours, string firsts) =>
        Libc.TryStat(ours, out var our) && Libc.TryStat(firsts, out var first) && !our.IsSameFile(first);
}
