using System.Diagnostics;
using System.Reflection;

namespace PSSysVIpc.Pester;

/// <summary>
/// Runs the suite by Invoke-Suite.ps1, in two halves beside each other, as tests wait a lot: each in a pwsh, and in
/// namespaces, of its own.
/// </summary>
internal static class PesterSuite
{
    internal const string Name = "Invoke-Suite.ps1: runs to its end";

    private const int Parts = 2;

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
            var clock = Stopwatch.StartNew();
            var runs = await Task.WhenAll(
                TestFiles()
                    .GroupBy(file => file.Part, file => file.Name)
                    .Select(part => Run(string.Join(',', part), Path.Combine(folder.FullName, $"{part.Key}.xml")))
            );
            var faults = string.Join('\n', runs.Select(run => run.Fault).OfType<string>());
            return (
                new PesterResult(Name, (decimal)clock.Elapsed.TotalSeconds, faults.Length > 0 ? faults : null),
                [.. runs.SelectMany(run => run.Tests)]
            );
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // By size in turn, as that says roughly how long one takes.
    private static IEnumerable<(string Name, int Part)> TestFiles() =>
        new DirectoryInfo(Path.GetDirectoryName(BuiltWith("Suite"))!)
            .GetFiles("*.Tests.ps1")
            .OrderByDescending(file => file.Length)
            .Select((file, place) => (file.Name[..^".Tests.ps1".Length], place % Parts));

    private static async Task<(string? Fault, PesterResult[] Tests)> Run(string files, string results)
    {
        var (exitCode, said) = await Start(files, results);
        PesterResult[] tests = File.Exists(results) ? [.. PesterResult.ReadAll(results)] : [];
        var isToldByTests = exitCode == 0 ? tests.Length > 0 : tests.Any(test => test.Failure is not null);
        return (isToldByTests ? null : $"{files} ended with {exitCode}, and no test says why:\n{said}", tests);
    }

    private static async Task<(int ExitCode, string Said)> Start(string files, string results)
    {
        var pwsh = Path.Combine(BuiltWith("ArtifactsPath"), "test-pwsh/pwsh");
        string[] words =
        [
            "-NoProfile",
            "-NonInteractive",
            "-File",
            BuiltWith("Suite"),
            "-Name",
            files,
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
