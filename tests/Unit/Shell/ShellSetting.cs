namespace PSSysVIpc.Tests.Shell;

/// <summary>
/// From where a shell looks at the machine: as whom, through which /proc, in which namespaces and language.
/// </summary>
internal sealed record ShellSetting
{
    internal const string HidePid = "-t proc -o hidepid=2 proc /proc";
    internal const string SubsetPid = "-t proc -o subset=pid proc /proc";
    internal const string NoTables = "-t tmpfs tmpfs /proc/sysvipc";

    /// <summary>A user without rights, as which it runs; else root.</summary>
    internal uint? User { get; init; }

    /// <summary>
    /// What to mount, in a mount namespace of its own: mount's arguments. Always a new mount over the old one: to
    /// remount would change the machine's own /proc.
    /// </summary>
    internal string? Mount { get; init; }

    /// <summary>In a PID namespace of its own.</summary>
    internal bool OwnPids { get; init; }

    /// <summary>With the /proc of that PID namespace; else it sees the machine's.</summary>
    internal bool OwnProc { get; init; } = true;

    /// <summary>As root of a user namespace that knows no other user.</summary>
    internal bool OwnUsers { get; init; }

    /// <summary>Environment variables on top of the neutral ones.</summary>
    internal IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// The words in front of a command that start it in this setting from the calling thread. A thread without an
    /// IPC namespace of its own gets one for the shell: the machine's own objects must stay out of reach.
    /// </summary>
    /// <param name="furtherMounts">What to mount besides: mount's arguments, as a shell reads them.</param>
    internal string[] Wrapping(params string[] furtherMounts)
    {
        List<string> words = IsThreadInMachinesNamespace() ? ["unshare", "--ipc"] : [];
        string[] mounts = [.. furtherMounts, .. Mount is null ? [] : new[] { Mount }];
        if (mounts.Length > 0)
            words.AddRange([
                "unshare",
                "--mount",
                "sh",
                "-c",
                $"{string.Concat(mounts.Select(mount => $"mount {mount} && "))}exec \"$@\"",
                "sh",
            ]);
        if (OwnPids)
            words.AddRange([
                "unshare",
                "--pid",
                "--fork",
                "--kill-child",
                .. OwnProc ? ["--mount-proc"] : Array.Empty<string>(),
            ]);
        if (User is { } user)
            words.AddRange(["setpriv", $"--reuid={user}", $"--regid={user}", "--clear-groups"]);
        if (OwnUsers)
            words.AddRange(["unshare", "--user", "--map-root-user"]);
        return [.. words];
    }

    private static bool IsThreadInMachinesNamespace() =>
        new FileInfo("/proc/thread-self/ns/ipc").LinkTarget == new FileInfo("/proc/self/ns/ipc").LinkTarget;
}
