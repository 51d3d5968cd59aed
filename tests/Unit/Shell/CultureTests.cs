using System.Globalization;
using System.Text.RegularExpressions;
using PSSysVIpc.Tests.Actor;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Shell;

/// <summary>The same texts in every language; times are local, of the common calendar and in ISO's order.</summary>
public partial class CultureTests
{
    private const string Show = """
        Get-IpcSemaphore
        Get-IpcSemaphore -Status INUSE, ORPHANED | ForEach-Object {
            foreach ($property in $_.PSObject.Properties) {
                $value = $property.Value
                "$($property.Name): $(if ($value -is [DateTime]) { '{0:s}' -f $value } else { $value })"
            }
        }
        Get-IpcSemaphore | Remove-IpcSemaphore -Force -WhatIf
        try { Get-IpcSemaphore 2147483647 -ErrorAction Stop } catch { "$_" }
        try { Get-IpcSemaphore '1,5' } catch { "$_" }
        "culture: $([Globalization.CultureInfo]::CurrentCulture.Name)"
        """;

    [FactNeeding(Need.Root | Need.UtilLinux | Need.FirstPidNamespace)]
    public void Culture_and_time_zone_change_nothing_but_local_times() =>
        Sandbox.Run(_ =>
        {
            Sandbox.MakeLeftover();
            var used = Sandbox.MakeSet(FreshIds.Next(), count: 2);
            using var user = ActorProcess.Start("operate", used, 1, 1);
            Sandbox.WaitOutRecentUse();

            // C is .NET's invariant culture, which has no name.
            var reference = ShowIn("C", "", "UTC");
            Assert.True(IsoTime.Count(reference) >= 8, reference);
            Assert.Contains($"{DateTime.UtcNow.Year}-", reference, StringComparison.Ordinal);

            AssertSame(reference, "de_DE.UTF-8", "de-DE", "Asia/Kathmandu");
            AssertSame(reference, "th_TH.UTF-8", "th-TH", "America/St_Johns");
            AssertSame(reference, "ar_SA.UTF-8", "ar-SA", "UTC");
            AssertSame(reference, "tr_TR.UTF-8", "tr-TR", "UTC");
        });

    [GeneratedRegex(@"\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?\b")]
    private static partial Regex IsoTime { get; }

    private static void AssertSame(string reference, string locale, string culture, string zone) =>
        Assert.Equal(ToZone(reference, zone), ShowIn(locale, culture, zone));

    private static string ShowIn(string locale, string culture, string zone)
    {
        var variables = new Dictionary<string, string>
        {
            ["LC_ALL"] = locale,
            ["LANG"] = locale,
            ["TZ"] = zone,
        };
        var run = ShellProcess.Run(new ShellSetting { Variables = variables }, "-c", Show).Clean();
        Assert.True(
            run.Lines[^1] == $"culture: {culture}",
            $"With LC_ALL={locale} the shell says '{run.Lines[^1]}': without ICU (Debian 12: libicu72) .NET knows no "
                + "cultures."
        );
        return string.Join('\n', run.Lines[..^1]);
    }

    // The reference is in UTC, so every time in it says what it must be elsewhere.
    private static string ToZone(string text, string zone) =>
        IsoTime.Replace(
            text,
            match =>
            {
                // With seconds or, in the table, without.
                var pattern = (
                    match.Value.Contains('T', StringComparison.Ordinal) ? "yyyy-MM-ddTHH:mm:ss" : "yyyy-MM-dd HH:mm:ss"
                )[..match.Length];
                var utc = DateTime.ParseExact(match.Value, pattern, CultureInfo.InvariantCulture);
                var local = TimeZoneInfo.ConvertTimeFromUtc(utc, TimeZoneInfo.FindSystemTimeZoneById(zone));
                return local.ToString(pattern, CultureInfo.InvariantCulture);
            }
        );
}
