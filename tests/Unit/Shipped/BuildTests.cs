using System.Diagnostics;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Shipped;

/// <summary>
/// The build itself, in a copy of the sources: what it makes anew, what it takes away, and what stops it.
/// </summary>
public sealed class BuildTests : IDisposable
{
    private static readonly string s_sources = Path.GetFullPath(Path.Combine(ModuleFolder.Root, ".."));
    private readonly string _copy = Directory.CreateTempSubdirectory("pssysvipc-build-").FullName;

    public BuildTests()
    {
        foreach (var part in new[] { "src/PSSysVIpc", "tools/HelpGen", "module", "docs/help" })
        {
            foreach (
                var file in Directory.EnumerateFiles(Path.Combine(s_sources, part), "*", SearchOption.AllDirectories)
            )
                Copy(Path.GetRelativePath(s_sources, file));
        }

        foreach (
            var file in new[]
            {
                "Directory.Build.props",
                "Directory.Packages.props",
                ".editorconfig",
                "LICENSE",
                "CHANGELOG.md",
            }
        )
            Copy(file);
    }

    [Fact]
    public void It_makes_the_help_anew_leaves_nothing_that_does_not_ship_and_fails_for_a_wrong_page()
    {
        var module = Path.Combine(_copy, "artifacts/module/PSSysVIpc");
        var page = Path.Combine(_copy, "docs/help/about_SysVIpc.md");
        var topic = Path.Combine(module, "en-US/about_SysVIpc.help.txt");
        Assert.Equal(0, Build("build").ExitCode);
        Assert.Equal(ModuleFolder.Shipped, Files());

        // The page is newer than the help, and the file is none of ours any more.
        File.AppendAllText(page, "\nIt was added later.\n");
        File.WriteAllText(Path.Combine(module, "old.dll"), "");
        Assert.Equal(0, Build("build", "--no-restore").ExitCode);
        Assert.Contains("It was added later.", File.ReadAllText(topic), StringComparison.Ordinal);
        Assert.Equal(ModuleFolder.Shipped, Files());

        File.AppendAllText(page, "\n`Get-IpcSemafore` is no cmdlet.\n");
        var (exitCode, said) = Build("build", "--no-restore");
        Assert.NotEqual(0, exitCode);
        Assert.Contains("error HELP: The module has no cmdlet Get-IpcSemafore.", said, StringComparison.Ordinal);

        Assert.Equal(0, Build("clean").ExitCode);
        Assert.False(Directory.Exists(module));

        string[] Files() =>
            [
                .. Directory
                    .EnumerateFiles(module, "*", SearchOption.AllDirectories)
                    .Select(file => Path.GetRelativePath(module, file))
                    .Order(StringComparer.Ordinal),
            ];
    }

    public void Dispose() => Directory.Delete(_copy, recursive: true);

    private void Copy(string file)
    {
        var target = Path.Combine(_copy, file);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(Path.Combine(s_sources, file), target);
    }

    private (int ExitCode, string Said) Build(string verb, params string[] options)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [
                verb,
                "--nologo",
                "-nodeReuse:false",
                "-p:RunAnalyzers=false",
                .. options,
                Path.Combine(_copy, "src/PSSysVIpc"),
            ]
        )
        {
            RedirectStandardOutput = true,
        };
        using var build = Process.Start(start)!;
        var said = build.StandardOutput.ReadToEndAsync();
        Assert.True(
            said.Wait(TimeSpan.FromMinutes(5)) && build.WaitForExit(Wait.Patience),
            $"dotnet {verb} didn't end."
        );
        return (build.ExitCode, said.Result);
    }
}
