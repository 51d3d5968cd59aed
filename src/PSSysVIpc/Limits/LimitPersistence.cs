using PSSysVIpc.Boot;
using PSSysVIpc.Ipc;

namespace PSSysVIpc.Limits;

/// <summary>Writes limits to the drop-in of this module, whole sysctls at a time.</summary>
internal static class LimitPersistence
{
    /// <summary>
    /// Lets the next boot set these limits. A sysctl is one setting, so its other fields get what the next boot would
    /// apply anyway or, where no file says so, what they are now.
    /// </summary>
    /// <exception cref="PersistFailedException">The file can't be written. It is as it was.</exception>
    /// <returns>The lines, and what they take from settings that were kept before, as sentences.</returns>
    internal static (string[] Lines, string[] Losses) Write(IReadOnlyDictionary<LimitDefinition, ulong> limits, SysctlFile file, CancellationToken stop, string root = "")
    {
        Dictionary<string, string> settings = [];
        string[] losses = [];
        DropInFile.Change(
            root,
            content =>
            {
                var boot = BootSettings.Read(BootSettings.CurrentReader(root), root);
                settings = limits.Keys.Select(limit => limit.Sysctl!).Distinct().ToDictionary(sysctl => sysctl, sysctl => ValueOf(sysctl, boot));
                losses = [.. settings.SelectMany(setting => Losses(content, setting.Key, setting.Value.Split(' ')))];
                return content.With(settings);
            },
            stop: stop);
        return ([.. settings.Select(setting => $"{setting.Key} = {setting.Value}")], losses);

        string ValueOf(string sysctl, BootSettings boot)
        {
            var fields = LimitTable.FieldsOf(sysctl);
            var running = file.Read(sysctl, fields);
            return string.Join(' ', Enumerable.Range(0, fields).Select(field => Named(sysctl, field) ?? boot.Find(sysctl, field)?.Value ?? running[field]));
        }

        // A file that comes after ours has made another value of a field that was kept: what the next boot would apply.
        IEnumerable<string> Losses(DropIn content, string sysctl, string[] values) =>
            content.ValueOf(sysctl)?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not { } kept ? [] :
                from limit in LimitTable.All
                where limit.Sysctl == sysctl && !limits.ContainsKey(limit) && limit.Field < kept.Length && kept[limit.Field] != values[limit.Field]
                select $"{limit.Name} was kept at {kept[limit.Field]} for the next boot and is kept at {values[limit.Field]} now, as that is what the next boot would have set. "
                    + $"If that is not what you want: Set-IpcLimit {limit.Name} -Persist, with its value.";

        Int128? Named(string sysctl, int field) =>
            limits.Where(limit => limit.Key.Sysctl == sysctl && limit.Key.Field == field).Select(limit => (Int128?)limit.Value).FirstOrDefault();
    }
}
