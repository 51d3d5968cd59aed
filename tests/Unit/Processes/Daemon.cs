using System.Diagnostics;
using System.Globalization;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Processes;

/// <summary>A process whose parent has ended, and which pid 1 has now.</summary>
internal sealed class Daemon : IDisposable
{
    internal required int Id { get; init; }

    /// <param name="isLeader">Whether it leads a session of its own.</param>
    /// <param name="command">What it runs; its number stays the same.</param>
    internal static Daemon Start(bool isLeader, params string[] command)
    {
        // setsid forks and lets its parent end; a second fork makes a daemon that can't get a terminal.
        var text = isLeader ? "echo $$; exec \"$@\"" : "(sh -c 'echo $$; exec \"$@\"' sh \"$@\" &) ; exit";
        using var starter = Process.Start(
            new ProcessStartInfo("setsid", ["--fork", "sh", "-c", text, "sh", .. command])
            {
                RedirectStandardOutput = true,
            }
        )!;
        var id = int.Parse(starter.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
        starter.WaitForExit();
        Wait.Until(() => Fields(id) is [_, "1", ..], "pid 1 is its parent");
        Assert.Equal(isLeader, Fields(id)[3] == id.ToString(CultureInfo.InvariantCulture));
        Wait.Until(() => File.ReadAllText($"/proc/{id}/comm").Trim() is not ("sh" or "setpriv"), "it runs its program");
        return new Daemon { Id = id };
    }

    public void Dispose()
    {
        TestLibc.Signal(Id, TestLibc.KillSignal);
        Wait.Until(() => !Directory.Exists($"/proc/{Id}"), "it is gone");
    }

    private static string[] Fields(int id) => File.ReadAllText($"/proc/{id}/stat").Split(") ")[1].Split(' ');
}
