using System.Diagnostics;
using PSSysVIpc.Kernel;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Verdicts;

/// <summary>
/// Many real processes with a group of their own. They wait for the end of their input, which is this process's to
/// close: so they end when it does, however it ends.
/// </summary>
internal sealed class Crowd : IDisposable
{
    // One process and its children. It ends last, so that pid 1 has none of them to bury.
    private const string Children =
        "$leader = shift; for (2..shift) { defined($child = fork) or die; next if $child; exec @ARGV if @ARGV; sysread STDIN, $_, 1; exit } "
        + "POSIX::setuid($leader); $| = 1; print qq(ready\n); sysread STDIN, $_, 1; 1 while wait > 0";

    // Each makes the next, by a new program: the kernel's own cost of forking grows with the number of ancestors that
    // share memory. A background command has no input of the shell's.
    private const string Chain =
        "if [ $1 -gt 1 ]; then sh -c \"$0\" \"$0\" $(($1 - 1)) 3<&3 & else echo ready; fi; read line <&3; wait";

    private readonly Process _first;

    private Crowd(uint user, uint group, params string[] command)
    {
        User = user;
        Group = group;
        _first = Process.Start(new ProcessStartInfo("setpriv", [$"--reuid={user}", $"--regid={group}", "--clear-groups", .. command])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        })!;
        var line = _first.StandardOutput.ReadLine();
        if (line == "ready")
            return;
        Dispose();
        Assert.Fail($"The crowd said '{line}' instead of being ready.");
    }

    internal uint User { get; }

    internal uint Group { get; }

    internal static Crowd OfChildren(int count) => OfChildren(count, FreshIds.Next(), FreshIds.Next());

    internal static Crowd OfChildren(int count, uint user, uint group) => new(user, group, WithChildren(count, user));

    /// <summary>Children of root that can't make the calls of semaphores. Their parent can, and is somebody else's.</summary>
    internal static Crowd OfRoot(int count)
    {
        var crowd = new Crowd(0, FreshIds.Next(), [.. WithChildren(count, FreshIds.Next()), "cat"]);
        Wait.Until(() => new ProcessScanner().Scan(CancellationToken.None).All.Count(process => crowd.Has(process) && process.Name == "cat") == count - 1, "all are cats");
        return crowd;
    }

    /// <summary>As many generations as processes.</summary>
    internal static Crowd InOneChain(int count) => new(FreshIds.Next(), FreshIds.Next(), "sh", "-c", $"exec sh -c \"$0\" \"$0\" {count} 3<&0", Chain);

    internal bool Has(ProcessRecord process) => process.GroupIds.Contains(Group);

    public void Dispose()
    {
        _first.StandardInput.Close();
        // They all have its output, which ends with the last of them.
        _first.StandardOutput.ReadToEnd();
        _first.WaitForExit();
        _first.Dispose();
    }

    private static string[] WithChildren(int count, uint leader) => ["perl", "-MPOSIX=", "-e", Children, $"{leader}", $"{count}"];
}
