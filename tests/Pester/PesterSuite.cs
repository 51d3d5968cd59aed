using System.Diagnostics;
using System.Reflection;

namespace PSSysVIpc.Pester;

/// <summary>One run of the suite, by Invoke-Suite.ps1 in the pwsh of its package.</summary>
internal static class PesterSuite
{
    internal const string Name = "Invoke-Suite.ps1: runs to its end";

    /// <summary>Runs all of it.</summary>
    /// <returns>How each test ended, and how the run itself did: it can end badly without a failed test.</returns>
    internal static async Task<(PesterResult Whole, IReadOnlyList<PesterResult> Tests)> Run()
    {
        if (!Environment.IsPrivilegedProcess)
            return (
                new PesterResult(Name, SkipReason: "needs root: it makes an IPC namespace, and sets of other users"),
                []
            );

        var folder = Directory.CreateTempSubdirectory("pssysvipc-pester-");
        try
        {
            var results = Path.Combine(folder.FullName, "results.xml");
            var clock = Stopwatch.StartNew();
            var (exitCode, said) = await Start(results);
            var whole = new PesterResult(Name, (decimal)clock.Elapsed.TotalSeconds);
            PesterResult[] tests = File.Exists(results) ? [.. PesterResult.ReadAll(results)] : [];
            var isToldByTests = exitCode == 0 ? tests.Length > 0 : tests.Any(test => test.Failure is not null);
            return (
                isToldByTests
                    ? whole
                    : whole with
                    {
                        Failure = $"It ended with {exitCode}, and no test says why:\n{said}",
                    },
                tests
            );
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(int ExitCode, string Said)> Start(string results)
    {
        var pwsh = Path.Combine(BuiltWith("ArtifactsPath"), "pwsh/pwsh");
        string[] words =
        [
            "-NoProfile",
            "-NonInteractive",
            "-File",
            BuiltWith("Suite"),
            "-PesterModule",
            BuiltWith("PesterManifest"),
            "-ResultPath",
            results,
        ];
        var start = new ProcessStartInfo(pwsh, words)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        using var suite = Process.Start(start)!;
        suite.StandardInput.Close();
        var output = suite.StandardOutput.ReadToEndAsync();
        var error = suite.StandardError.ReadToEndAsync();
        await suite.WaitForExitAsync();
        return (suite.ExitCode, await output + await error);
    }

    private static string BuiltWith(string name) =>
        typeof(PesterSuite)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(one => one.Key == name)
            .Value!;
}
