using System.Diagnostics;

namespace PSSysVIpc.Tests.Support;

/// <summary>
/// A machine of which nothing tells that its clock was set since boot, as that of the tests may have been: one that was
/// resumed from a snapshot is hours off.
/// </summary>
internal static class SteadyMachine
{
    // Of what lies on ramfs no time of birth is kept.
    private const string Script = """
        set -e
        mount -t ramfs ramfs /mnt
        cp -a /dev/null /dev/zero /dev/full /dev/random /dev/urandom /dev/tty /mnt
        mount --move /mnt /dev
        mount -t ramfs ramfs /run
        """;

    /// <summary>For the calling thread and what it starts. It needs mounts of its own.</summary>
    internal static void Introduce()
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", Script]) { RedirectStandardError = true })!;
        var said = shell.StandardError.ReadToEnd();
        shell.WaitForExit();
        Assert.True(shell.ExitCode == 0, said);
    }
}
