using System.Diagnostics;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Shell;

/// <summary>What it takes to start the package's pwsh, with the built module in it, in a setting.</summary>
internal sealed class ShellCommand : IDisposable
{
    private readonly ShellSetting _setting;

    /// <summary>Prepares it for a start from the calling thread.</summary>
    internal ShellCommand(ShellSetting setting, params string[] words)
    {
        _setting = setting;
        var folder = setting.User is null ? ModuleFolder.Pwsh : Folder.AddModule();
        string[] mounts = setting.User is null ? [] : [$"--bind '{ModuleFolder.Pwsh}' '{folder}'"];
        Words =
        [
            .. setting.Wrapping(mounts),
            Path.Combine(folder, "pwsh"),
            "-NoProfile",
            "-ConfigurationFile",
            Path.Combine(folder, ModuleFolder.Session),
            .. words,
        ];
    }

    internal string[] Words { get; }

    internal ShellFolder Folder { get; } = new();

    /// <summary>The process to start, in front of which other words may stand.</summary>
    internal ProcessStartInfo ToStart(params string[] before)
    {
        string[] words = [.. before, .. Words];
        var start = new ProcessStartInfo(words[0], words[1..]) { WorkingDirectory = Folder.Root };
        SetVariables(start.Environment);
        return start;
    }

    public void Dispose() => Folder.Dispose();

    // Whatever decides what a shell writes is set or taken away: a caller's language must not leak into a test.
    private void SetVariables(IDictionary<string, string?> environment)
    {
        foreach (var name in environment.Keys.Where(DecidesOutput).ToList())
            environment.Remove(name);
        environment["LC_ALL"] = "C";
        environment["TZ"] = "UTC";
        environment["TERM"] = "xterm";
        environment["HOME"] = Folder.Root;
        environment["TMPDIR"] = Folder.Root;
        environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        environment["POWERSHELL_UPDATECHECK"] = "Off";
        // A shell lives too short to earn back what its measuring costs.
        environment["DOTNET_TieredPGO"] = "0";
        foreach (var (name, value) in _setting.Variables)
            environment[name] = value;
    }

    private static bool DecidesOutput(string name) =>
        name
            is "LANG"
                or "LANGUAGE"
                or "TZ"
                or "COLUMNS"
                or "LINES"
                or "NO_COLOR"
                or "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"
        || name.StartsWith("LC_", StringComparison.Ordinal)
        || name.StartsWith("XDG_", StringComparison.Ordinal);
}
