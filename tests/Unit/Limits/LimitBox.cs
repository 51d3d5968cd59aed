using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Limits;

/// <summary>Limits of a sandbox's own: set past the module, and read with it.</summary>
internal static class LimitBox
{
    /// <summary>Writes to the calling thread's IPC namespace: "kernel.sem", "250 32000 32 6".</summary>
    internal static void Set(string sysctl, string text) =>
        File.WriteAllText("/proc/sys/" + sysctl.Replace('.', '/'), text);

    /// <summary>Leaves the other fields of kernel.sem as they are.</summary>
    internal static void SetSemmni(int value) =>
        Set(
            "kernel.sem",
            string.Join(' ', File.ReadAllText("/proc/sys/kernel/sem").Split('\t').Take(3).Append($"{value}"))
        );

    internal static IpcLimit Limit(this Sandbox box, string name) =>
        Assert.Single(box.Invoke($"Get-IpcLimit {name}").Clean().Limits());

    internal static IpcLimit[] Limits(this Outcome outcome) =>
        [.. outcome.Output.Select(item => Assert.IsType<IpcLimit>(item?.BaseObject))];

    internal static IEnumerable<string> Names(this Outcome outcome) => outcome.Limits().Select(limit => limit.Name);
}
