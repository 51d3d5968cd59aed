using PSSysVIpc.Ipc;

namespace PSSysVIpc.Boot;

/// <summary>
/// What the files with sysctl settings say about the limits of System V IPC: what the next boot will apply. It reads,
/// at once, what is there now, also in /run, where each boot begins with nothing and something may make the same files
/// again; and it knows nothing of what a service may write later in the boot.
/// </summary>
internal sealed class BootSettings
{
    private readonly Dictionary<string, KernelSysctl> _sysctls;
    private readonly ISettingReader _played;

    private BootSettings(Dictionary<string, KernelSysctl> sysctls, ISettingReader played, IReadOnlyList<string> unread)
    {
        _sysctls = sysctls;
        _played = played;
        Unread = unread;
    }

    /// <summary>
    /// Folders and files that root's reader would read at boot and this process could not, or must not (a pipe). Where
    /// there are any, neither a value nor null is certain: they may say something else.
    /// </summary>
    internal IReadOnlyList<string> Unread { get; }

    /// <summary>Lines that the kernel will refuse, in whole or from some field on.</summary>
    internal IEnumerable<SettingLine> Refused => _sysctls.Values.SelectMany(sysctl => sysctl.Refused);

    /// <summary>Systemd where it is PID 1, else Procps.</summary>
    /// <param name="root">The folder that is taken for the machine's root.</param>
    internal static BootReader CurrentReader(string root = "") =>
        // How libsystemd's sd_booted tells.
        Directory.Exists($"{root}/run/systemd/system/")
            ? BootReader.Systemd
            : BootReader.Procps;

    /// <summary>
    /// Reads the configuration as a reader does at boot. What the reader would skip is skipped; what only this process
    /// can't read is in <see cref="Unread"/>. It never fails.
    /// </summary>
    /// <param name="reader">Who reads it.</param>
    /// <param name="root">
    /// The folder that is taken for the machine's root. Links with a full path lead out of it.
    /// </param>
    internal static BootSettings Read(BootReader reader, string root = "") => Of(new BootFiles(reader, root), root);

    /// <summary>The same from files that may have been read already.</summary>
    internal static BootSettings Of(BootFiles files, string root)
    {
        var unread = new List<string>();
        var other = new List<SettingLine>();
        var played = files.Play(unread, other);
        var isExtended = KernelOptions.HasIpcmniExtend(root);
        var sysctls = LimitTable.Sysctls.ToDictionary(
            sysctl => sysctl,
            sysctl => new KernelSysctl(LimitTable.Of(sysctl), isExtended)
        );
        foreach (var (name, sysctl) in sysctls)
        {
            foreach (var setting in played.WritesTo(SysctlFile.RelativePathOf(name)))
                sysctl.Write(setting);
            foreach (var line in other.Where(line => line.NamesWithoutSign(name)))
                sysctl.Refuse(line, "no reader takes it, as it has no equals sign");
        }

        return new BootSettings(sysctls, played, unread);
    }

    /// <summary>What one field of a sysctl will be after the next boot.</summary>
    /// <param name="sysctl">kernel.sem, or one of kernel.shm* and kernel.msg* that are limits.</param>
    /// <param name="field">0 to 3 for kernel.sem, else 0.</param>
    /// <returns>
    /// Null where no file that could be read says so, or the kernel would refuse it: then it is the kernel's default.
    /// </returns>
    internal BootValue? Find(string sysctl, int field) => _sysctls[sysctl][field];

    /// <summary>
    /// A line that keeps a sysctl from being set in some versions of the reader; null where there is none.
    /// </summary>
    internal SettingLine? FindDoubtful(string sysctl) => _played.FindDoubtful(SysctlFile.RelativePathOf(sysctl));

    /// <summary>Why a line that is about a field doesn't set it; null where none is left out.</summary>
    internal Refusal? FindRefusal(string sysctl, int field) => _sysctls[sysctl].RefusalOf(field);

    /// <summary>
    /// The last line that is written to a sysctl, even if it sets not all of its fields, or none; null where there is
    /// none.
    /// </summary>
    internal SettingLine? FindLastLine(string sysctl) => _sysctls[sysctl].LastLine;
}
