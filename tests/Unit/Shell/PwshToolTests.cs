using System.Diagnostics;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Shell;

/// <summary><c>dotnet run --project tools/pwsh</c>: the one command that users start pwsh with.</summary>
public sealed class PwshToolTests : IDisposable
{
    private static readonly string s_sources = Path.GetFullPath(Path.Combine(ModuleFolder.Root, ".."));
    private readonly ShellFolder _folder = new();

    [Fact]
    public void A_script_gets_the_words_as_they_are_and_the_caller_its_exit_code()
    {
        string[] words =
        [
            "a b",
            "it's",
            "\"q\"",
            "$x",
            "$(exit 9)",
            "`n",
            "",
            "*",
            ";",
            "-5",
            "--",
            "-c",
            "two\nlines",
        ];
        var script = Path.Combine(_folder.Root, "a script.ps1");
        File.WriteAllText(script, "$args | ForEach-Object { \"<$_>\" }; exit 7");

        var (exitCode, output) = Run("", ["-File", script, .. words]);

        Assert.Equal(string.Concat(words.Select(word => $"<{word}>\n")), output);
        Assert.Equal(7, exitCode);
    }

    [Fact]
    public void The_module_is_the_built_one_in_the_current_folder_of_the_caller_with_its_input()
    {
        var (exitCode, output) = Run(
            "from the input\n",
            "-c",
            "$PWD.Path; $input; (Get-Command Get-IpcLimit).Module.ModuleBase; (Get-Process -Id $PID).Name"
        );

        Assert.Equal(
            [_folder.Root, "from the input", ModuleFolder.Folder, "pwsh"],
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        );
        Assert.Equal(0, exitCode);
    }

    // A user's module folder comes before ours on PSModulePath.
    [Fact]
    public void An_installed_module_does_not_take_the_place_of_the_built_one()
    {
        var installed = Directory
            .CreateDirectory(Path.Combine(_folder.Root, ".local/share/powershell/Modules/PSSysVIpc"))
            .FullName;
        File.WriteAllText(
            Path.Combine(installed, "PSSysVIpc.psd1"),
            "@{ ModuleVersion = '99.0'; FunctionsToExport = 'Get-IpcLimit' }"
        );

        Assert.Equal(ModuleFolder.Folder + "\n", Run("", "-c", "(Get-Command Get-IpcLimit).Module.ModuleBase").Output);
    }

    [Fact]
    public void Shells_that_it_starts_find_the_module_and_send_nothing_home()
    {
        var (_, output) = Run(
            "",
            "-c",
            "Start-Job { Get-IpcLimit SEMVMX; $env:POWERSHELL_TELEMETRY_OPTOUT } | Receive-Job -Wait | ForEach-Object "
                + "{ \"$_\" }"
        );

        Assert.Equal("SEMVMX\n1\n", output);
    }

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void A_path_with_blanks_is_a_path_like_any_other()
    {
        var blanks = Directory.CreateDirectory(Path.Combine(_folder.Root, "with some blanks")).FullName;
        string[] mounted =
        [
            "unshare",
            "--mount",
            "sh",
            "-c",
            "mount --bind \"$0\" \"$1\" && shift && exec \"$@\"",
            s_sources,
            blanks,
        ];

        var (exitCode, output) = Start(
            "",
            [.. mounted, .. DotnetRun(blanks), "-c", "(Get-Command Get-IpcLimit).Module.ModuleBase; exit 3"]
        );

        Assert.Equal(Path.Combine(blanks, "artifacts/module/PSSysVIpc") + "\n", output);
        Assert.Equal(3, exitCode);
    }

    public void Dispose() => _folder.Dispose();

    // Not built anew: the other tests have the module folder open.
    private static string[] DotnetRun(string sources) =>
        ["dotnet", "run", "--no-build", "--project", Path.Combine(sources, "tools/pwsh"), "--"];

    private (int ExitCode, string Output) Run(string input, params string[] words) =>
        Start(input, [.. DotnetRun(s_sources), .. words]);

    private (int ExitCode, string Output) Start(string input, string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = _folder.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        // The shell's home, not that of dotnet, which looks there for its packages.
        start.Environment["XDG_DATA_HOME"] = Path.Combine(_folder.Root, ".local/share");
        using var run = Process.Start(start)!;
        try
        {
            var output = run.StandardOutput.ReadToEndAsync();
            run.StandardInput.Write(input);
            run.StandardInput.Close();
            Assert.True(output.Wait(Wait.Patience) && run.WaitForExit(Wait.Patience), "dotnet run didn't end.");
            return (run.ExitCode, output.Result);
        }
        finally
        {
            run.Kill(entireProcessTree: true);
        }
    }
}
