using PSSysVIpc.Kernel;

namespace PSSysVIpc.Limits;

/// <summary>Writes limits to the drop-in of this module, whole sysctls at a time.</summary>
internal static class LimitPersistence
{
    /// <summary>
    /// Lets the next boot set these limits. A sysctl is one setting, so its other fields get what the next boot would
    /// apply anyway or, where no file says so, what they are now.
    /// </summary>
    /// <exception cref="PersistFailedException">The file can't be written. It is as it was.</exception>
    internal static void Write(IReadOnlyDictionary<LimitDefinition, ulong> limits, SysctlFile file, string root = "")
    {
        var boot = BootSettings.Read(BootSettings.CurrentReader(root), root);
        var settings = limits.Keys.Select(limit => limit.Sysctl!).Distinct().ToDictionary(sysctl => sysctl, sysctl =>
        {
            var fields = LimitTable.FieldsOf(sysctl);
            var running = file.Read(sysctl, fields);
            return string.Join(' ', Enumerable.Range(0, fields).Select(field => Named(sysctl, field) ?? boot.Find(sysctl, field)?.Value ?? running[field]));
        });
        DropInFile.Change(root, content => content.With(settings));

        Int128? Named(string sysctl, int field) =>
            limits.Where(limit => limit.Key.Sysctl == sysctl && limit.Key.Field == field).Select(limit => (Int128?)limit.Value).FirstOrDefault();
    }
}
