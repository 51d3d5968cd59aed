using System.Globalization;
using PSSysVIpc.Processes;

namespace PSSysVIpc.Status;

/// <summary>How reasons and messages name processes, times and keys. The same in every culture.</summary>
internal static class Wording
{
    /// <summary><c>apache2 (4711, www-data, since 2026-01-31 09:14:02)</c></summary>
    internal static string Describe(ProcessRecord process, HostSnapshot host)
    {
        var since = process.StartTime is { } start ? $", since {Time((long)start)}" : "";
        var user = process.UserId is { } id ? $", {host.Names.User(id)}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{process.Name} ({process.Id}{user}{since})");
    }

    /// <summary>That a process which the kernel has noted with an object lives.</summary>
    internal static string Lives(LastProcess last, HostSnapshot host) =>
        last.Process is { } process
            ? $"its {last.Role.Name} {Describe(process, host)} lives"
            : $"its {last.Role.Name}, process {last.Id}, exists, though more of it can't be seen from here";

    /// <summary>Why a process's family is old enough.</summary>
    /// <param name="age">How it compares with the time in question.</param>
    /// <param name="process">The process.</param>
    /// <param name="moment">What happened then: "the set was last changed".</param>
    /// <param name="host">Where it was seen.</param>
    internal static string Describe(FamilyAge age, ProcessRecord process, string moment, HostSnapshot host)
    {
        if (Describe(age.Own) is { } own)
            return $"it began {own} {moment}";
        // Its oldest living ancestor. Where that can't be told, there was one that has ended.
        return Describe(age.Oldest) is { } when
            ? $"it descends from {Describe(host.Processes.FamilyOf(process).Oldest!, host)}, which began {when} "
                + $"{moment}"
            : "it descends from a process that has ended and may have had the id";
    }

    internal static string Time(long seconds) =>
        DateTimeOffset
            .FromUnixTimeSeconds(seconds)
            .LocalDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string? Describe(StartedWhen when) =>
        when switch
        {
            StartedWhen.Before => "before",
            StartedWhen.LessThanAMinuteAfter => "less than a minute after",
            StartedWhen.MaybeBefore => "(as the clock was set meanwhile) maybe before",
            _ => null,
        };

    /// <summary>One process, and that it is one of so many.</summary>
    internal static string Describe(ProcessRecord process, int count, HostSnapshot host) =>
        Describe(process, host) + (count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $", one of {count},"));

    /// <summary>A few processes of many, and how many more there are.</summary>
    internal static string Some(IEnumerable<ProcessRecord> processes, int count, HostSnapshot host)
    {
        const int shown = 3;
        var told = processes.Take(shown).Select(process => Describe(process, host));
        string[] more = count > shown ? [$"{count - shown} more"] : [];
        return Enumerate([.. told, .. more]);
    }

    /// <summary>When an object was last touched: "last used 40 minutes ago".</summary>
    /// <param name="isUse">Whether it was used then, and not changed.</param>
    /// <param name="age">How long ago, in seconds.</param>
    internal static string LastTouch(bool isUse, long age) =>
        $"last {(isUse ? "used" : "changed")} {Duration(age)} ago";

    /// <summary>As a sentence begins.</summary>
    internal static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>"a, b and c"</summary>
    internal static string Enumerate(string[] words) =>
        words.Length == 1 ? words[0] : $"{string.Join(", ", words[..^1])} and {words[^1]}";

    private static string Duration(long seconds) =>
        seconds switch
        {
            < 60 => Count(seconds, "second"),
            < 60 * 60 => Count(seconds / 60, "minute"),
            < 48 * 60 * 60 => Count(seconds / (60 * 60), "hour"),
            _ => Count(seconds / (24 * 60 * 60), "day"),
        };

    /// <summary>"3 messages"</summary>
    internal static string Count(long number, string unit) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{number} {unit}{(number == 1 ? "" : unit.EndsWith('s') ? "es" : "s")}"
        );

    internal static string Key(uint key) => string.Create(CultureInfo.InvariantCulture, $"0x{key:x8}");
}
