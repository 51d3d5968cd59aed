using PSSysVIpc.Limits;

namespace PSSysVIpc.Boot;

/// <summary>The sysctls that limit System V IPC.</summary>
internal static class IpcSysctls
{
    // SEMMNI, SHMMNI and MSGMNI; the second with ipcmni_extend on the kernel's command line.
    private const ulong LargestCount = 1 << 15;
    private const ulong LargestExtendedCount = 1 << 24;

    /// <summary>Their names in the folder kernel of /proc/sys.</summary>
    internal static readonly string[] Names = ["sem", "shmmax", "shmall", "shmmni", "msgmax", "msgmnb", "msgmni"];

    /// <summary>Whether the kernel was started with ipcmni_extend, which lets there be more objects.</summary>
    /// <param name="root">The folder that is taken for the machine's root.</param>
    internal static bool IsExtended(string root = "")
    {
        var isExtended = false;
        SettingFile.TryRead($"{root}/proc/cmdline", BootReader.Procps, line => isExtended |= line.Text.Split(' ').Contains("ipcmni_extend"));
        return isExtended;
    }

    /// <summary>The largest value of a limit that the kernel takes and means. The smallest is 0.</summary>
    internal static ulong LargestOf(LimitDefinition limit, bool isExtended) => limit.Name switch
    {
        "SEMMNI" or "SHMMNI" or "MSGMNI" => isExtended ? LargestExtendedCount : LargestCount,
        "SHMMAX" or "SHMALL" => ulong.MaxValue,
        _ => int.MaxValue,
    };

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
