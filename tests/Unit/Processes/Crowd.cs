using System.Diagnostics;
using PSSysVIpc.Processes;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Processes;

/// <summary>
/// Many real processes with a group of their own. They wait for the end of their input, which is this process's to
/// close: so they end when it does, however it ends.
/// </summary>
internal sealed class Crowd : IDisposable
{
    private readonly Process _first;

    private Crowd(uint user, uint group, params string[] command)
    {
        User = user;
        Group = group;
        _first = Process.Start(
            new ProcessStartInfo("setpriv", [$"--reuid={user}", $"--regid={group}", "--clear-groups", .. command])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
        var line = _first.StandardOutput.ReadLine();
        if (line == "ready")
            return;
        Dispose();
        Assert.Fail($"The crowd said '{line}' instead of being ready.");
    }

    internal uint User { get; }

    internal uint Group { get; }

    internal static Crowd OfChildren(int count) => OfChildren(count, FreshIds.Next(), FreshIds.Next());

    internal static Crowd OfChildren(int count, uint user, uint group) =>
        new(user, group, "perl", File("children.pl"), $"{count}", $"{user}");

    /// <summary>
    /// Children of root that can't make the calls of semaphores. Their parent can, and is somebody else's.
    /// </summary>
    internal static Crowd OfRoot(int count) =>
        new(0, FreshIds.Next(), "perl", File("children.pl"), $"{count}", $"{FreshIds.Next()}", "cat");

    internal bool Has(ProcessRecord process) => process.GroupIds.Contains(Group);

    public void Dispose()
    {
        _first.StandardInput.Close();
        // They all have its output, which ends with the last of them.
        _first.StandardOutput.ReadToEnd();
        _first.WaitForExit();
        _first.Dispose();
    }

    // The benchmark of the verdicts makes the same crowds. Copied, as a checkout may be its owner's alone.
    private static readonly Lazy<string> s_folder = new(() =>
    {
        const UnixFileMode readable =
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        var folder = Directory.CreateTempSubdirectory("pssysvipc-crowd-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Crowd")))
        {
            var copy = Path.Combine(folder, Path.GetFileName(file));
            System.IO.File.Copy(file, copy);
            System.IO.File.SetUnixFileMode(copy, readable);
        }

        System.IO.File.SetUnixFileMode(
            folder,
            readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute
        );
        return folder;
    });

    private static string File(string name) => Path.Combine(s_folder.Value, name);
}
