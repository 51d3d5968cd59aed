using System.Globalization;
using PSSysVIpc.Processes;

namespace PSSysVIpc.Status;

/// <summary>How reasons and messages name processes, times and keys. The same in every culture.</summary>
internal static class Wording
{
    /// <summary><c>apache2 (4711, www-data, since 2026-01-31 09:14:02)</c></summary>
    internal static string Describe(ProcessRecord process, Scene scene)
    {
        var since = process.StartTime is { } start ? $", since {Time((long)start)}" : "";
        var user = process.UserId is { } id ? $", {scene.Names.User(id)}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{process.Name} ({process.Id}{user}{since})");
    }

    internal static string Time(long seconds) =>
        DateTimeOffset.FromUnixTimeSeconds(seconds).LocalDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>One process, and that it is one of so many.</summary>
    internal static string Describe(ProcessRecord process, int count, Scene scene) =>
        Describe(process, scene) + (count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $", one of {count},"));

    internal static string Key(uint key) => string.Create(CultureInfo.InvariantCulture, $"0x{key:x8}");
}
