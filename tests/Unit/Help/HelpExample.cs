using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Help;

/// <summary>An example of the help, as the build has read it from its page, and a run of it in its scene.</summary>
internal sealed record HelpExample(string Name, string[] Statements, string Output, string? Scene, bool NeedsPwsh, string? NotRun)
{
    private static readonly string s_sources = Path.GetFullPath(Path.Combine(ModuleFolder.Root, ".."));
    private static readonly string s_folder = Path.Combine(s_sources, "tests/Examples");

    internal static HelpExample[] All { get; } =
        JsonSerializer.Deserialize<HelpExample[]>(File.ReadAllText(Path.Combine(ModuleFolder.Root, "help/examples.json")))!;

    /// <summary>Those that the engine alone can run.</summary>
    internal static IEnumerable<HelpExample> Runnable => All.Where(example => example is { NeedsPwsh: false, NotRun: null });

    /// <summary>What must come out, as a pattern: times and numbers of processes differ.</summary>
    internal Regex Expected
    {
        get
        {
            var pattern = Squeeze(Output);
            var pieces = new List<string>();
            foreach (var line in File.ReadAllLines(Path.Combine(s_folder, "variable.txt")).Where(line => !line.StartsWith('#')))
            {
                var columns = line.Split('\t');
                pattern = Regex.Replace(pattern, columns[0], _ =>
                {
                    pieces.Add(columns[1]);
                    return $"\u0001{pieces.Count - 1}\u0002";
                });
            }

            pattern = Regex.Escape(pattern).Replace("…", ".*?", StringComparison.Ordinal);
            return new Regex("^" + Regex.Replace(pattern, "\u0001(\\d+)\u0002", match => pieces[int.Parse(match.Groups[1].Value, null)]) + "$");
        }
    }

    /// <summary>Blanks and ends of lines depend on the width of the terminal.</summary>
    internal static string Squeeze(string text) => Regex.Replace(text, @"\s+", " ").Trim();

    /// <summary>Runs it in ipcsh, and returns all that it shows.</summary>
    internal async Task<string> Run()
    {
        string[] words = ["--ipc", "--mount", Path.Combine(s_folder, "in-scene.sh"), Scene!, "dotnet", ModuleFolder.Shell,
            "-File", Path.Combine(s_folder, "Invoke-Statements.ps1"), .. Statements];
        var start = new ProcessStartInfo("unshare", words) { RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8 };
        foreach (var (name, value) in new[] { ("LC_ALL", "C"), ("TZ", "UTC"), ("TERM", "xterm"), ("COLUMNS", "80") })
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = new StringBuilder();
        void Keep(object sender, DataReceivedEventArgs line)
        {
            lock (output)
                output.AppendLine(line.Data);
        }

        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await process.WaitForExitAsync();
        return output.ToString();
    }
}
