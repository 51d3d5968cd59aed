namespace PSSysVIpc.Boot;

/// <summary>What one of the readers makes of the lines of all files.</summary>
internal interface ISettingReader
{
    /// <summary>A reader that has taken no lines yet.</summary>
    internal static ISettingReader New(BootReader reader) =>
        reader == BootReader.Systemd ? new SystemdReader() : new ProcpsReader();

    /// <summary>What a line says; null where it has no meaning, or can't concern a limit.</summary>
    Setting? Read(SettingLine line);

    /// <summary>Takes the next setting, in the order in which the files are read.</summary>
    void Take(Setting setting);

    /// <summary>What it writes to one sysctl, in this order, after it has taken all lines.</summary>
    /// <param name="path">The sysctl's path below /proc/sys.</param>
    IEnumerable<Setting> WritesTo(string path);

    /// <summary>
    /// A line that, by a pattern, may keep a sysctl from being set, as other versions of the reader understand it; null
    /// where there is none.
    /// </summary>
    /// <param name="path">The sysctl's path below /proc/sys.</param>
    SettingLine? FindDoubtful(string path);

    /// <summary>
    /// Whether a line is about one sysctl by its name, in any spelling: it sets it, or keeps patterns from it.
    /// </summary>
    /// <param name="line">The line, which isn't taken.</param>
    /// <param name="path">The sysctl's path below /proc/sys.</param>
    bool Names(SettingLine line, string path);
}
