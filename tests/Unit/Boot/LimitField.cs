namespace PSSysVIpc.Tests.Boot;

/// <summary>One field of one of the sysctls that limit System V IPC.</summary>
internal sealed record LimitField(string Sysctl, int Field)
{
    internal static readonly LimitField[] All =
    [
        .. Enumerable.Range(0, 4).Select(field => new LimitField("kernel.sem", field)),
        .. new[] { "shmmax", "shmall", "shmmni", "msgmax", "msgmnb", "msgmni" }.Select(name => new LimitField(
            "kernel." + name,
            0
        )),
    ];

    /// <summary>What the calling thread's IPC namespace has, as the kernel writes it.</summary>
    internal static IReadOnlyDictionary<LimitField, string> ReadAll() =>
        All.ToDictionary(
            field => field,
            field => File.ReadAllText("/proc/sys/" + field.Sysctl.Replace('.', '/')).Split('\t', '\n')[field.Field]
        );
}
