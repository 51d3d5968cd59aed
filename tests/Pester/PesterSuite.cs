using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;

namespace PSSysVIpc.Pester;

/// <summary>
/// Runs the suite by Invoke-Suite.ps1 in the pwsh of its package: each test file in a process, and in namespaces, of
/// its own, and two of them at a time, as they wait a lot.
/// </summary>
internal static class PesterSuite
{
    internal const string Name = "Invoke-Suite.ps1: runs to its end";

    private const int AtATime = 2;

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
            var runs = new ConcurrentBag<(string? Fault, PesterResult[] Tests)>();
            await Parallel.ForEachAsync(
                TestFiles(),
                new ParallelOptions { MaxDegreeOfParallelism = AtATime },
                async (file, _) => runs.Add(await Run(file, Path.Combine(folder.FullName, $"{file}.xml")))
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

    // The longest first: it must not be the last one to run, alone.
    private static IEnumerable<string> TestFiles() =>
        new DirectoryInfo(Path.GetDirectoryName(BuiltWith("Suite"))!)
            .GetFiles("*.Tests.ps1")
            .OrderByDescending(file => file.Length)
            .Select(file => file.Name[..^".Tests.ps1".Length]);

    private static async Task<(string? Fault, PesterResult[] Tests)> Run(string file, string results)
    {
        var (exitCode, said) = await Start(file, results);
        PesterResult[] tests = File.Exists(results) ? [.. PesterResult.ReadAll(results)] : [];
        var isToldByTests = exitCode == 0 ? tests.Length > 0 : tests.Any(test => test.Failure is not null);
        return (isToldByTests ? null : $"{file} ended with {exitCode}, and no test says why:\n{said}", tests);
    }

    private static async Task<(int ExitCode, string Said)> Start(string file, string results)
    {
        var pwsh = Path.Combine(BuiltWith("ArtifactsPath"), "pwsh/pwsh");
        string[] words =
        [
            "-NoProfile",
            "-NonInteractive",
            "-File",
            BuiltWith("Suite"),
            "-Name",
            file,
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
