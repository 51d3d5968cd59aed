namespace PSSysVIpc.Limits;

/// <summary>What one of the readers makes of the lines of all files.</summary>
internal interface ISettingReader
{
    /// <summary>Takes the next line, in the order in which the files are read.</summary>
    void Take(SettingLine line);

    /// <summary>What it writes to one sysctl, in this order, after it has taken all lines.</summary>
    /// <param name="path">The sysctl's path below /proc/sys.</param>
    IEnumerable<Setting> WritesTo(string path);
}
