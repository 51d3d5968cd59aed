using System.Text;
using PSSysVIpc.Native;

namespace PSSysVIpc.Ipc;

/// <summary>What the kernel was started with (/proc/cmdline, proc(5)).</summary>
internal static class KernelOptions
{
    /// <summary>ipcmni_extend, which lets there be more objects.</summary>
    /// <param name="root">The folder that is taken for the machine's root.</param>
    internal static bool HasIpcmniExtend(string root = "") =>
        Encoding
            .ASCII.GetString(new ProcFile().Read($"{root}/proc/cmdline", out _))
            .Split(' ', '\n')
            .Contains("ipcmni_extend");
}
