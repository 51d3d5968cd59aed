namespace PSSysVIpc.Limits;

/// <summary>The sysctls that limit System V IPC.</summary>
internal static class IpcSysctls
{
    // SEMMNI, SHMMNI and MSGMNI; the second with ipcmni_extend on the kernel's command line.
    private const ulong LargestCount = 1 << 15;
    private const ulong LargestExtendedCount = 1 << 24;

    /// <summary>Their names in the folder kernel of /proc/sys.</summary>
    internal static readonly string[] Names = ["sem", "shmmax", "shmall", "shmmni", "msgmax", "msgmnb", "msgmni"];

    /// <summary>One of them as it is before anything is written to it.</summary>
    internal static KernelSysctl New(string name, bool isExtended)
    {
        var largestCount = isExtended ? LargestExtendedCount : LargestCount;
        return name switch
        {
            "sem" => new KernelSysctl(4, int.MaxValue, mostOfLast: largestCount),
            "shmmax" or "shmall" => new KernelSysctl(1, ulong.MaxValue),
            "shmmni" or "msgmni" => new KernelSysctl(1, largestCount),
            _ => new KernelSysctl(1, int.MaxValue),
        };
    }
}
