using System.Diagnostics;
using System.Globalization;
using PSSysVIpc.Processes;
using PSSysVIpc.Tests.Actor;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Status;

/// <summary>
/// A server that lives and has a set's id, by whatever way it became what it is, while the set's last operator is dead.
/// It uses the set when it is asked to. When its input ends, it ends: so it doesn't outlive the tests.
/// </summary>
internal sealed class LiveServer : IDisposable
{
    /// <summary>A program for <c>perl -e</c> that takes its steps one by one.</summary>
    private const string Program = """
        use POSIX ();
        my ($set, $passed);
        sub operate { semop($set, pack('s!3', 0, 1, 0)) ? 'operated' : "$!" }
        sub word { shift @ARGV }
        my %steps = (
            seteuid => sub { $> = word() },
            back => sub { $> = 0 },
            join => sub { my $group = word(); $) = "$group " . word(); POSIX::setgid($group) },
            become => sub { POSIX::setuid(word()) },
            set => sub { $set = word() },
            # Its operator is a child that ends.
            create => sub { $set = semget(0, 1, 0600 | 01000) // die $!; unless (fork) { operate(); exit } wait },
            fork => sub { exit if fork },
            setsid => sub { POSIX::setsid() },
            # Leaves a process behind that goes on with what comes after pass, when it is told the id.
            helper => sub {
                pipe my $told, $passed;
                if (my $child = fork) { waitpid $child, 0; return }
                exit if fork;
                close $passed;
                $set = <$told> // exit;
                1 until word() eq 'pass';
            },
            pass => sub { syswrite $passed, $set; exit },
            serve => sub { print "$$ $set\n"; print operate(), "\n" while <STDIN> },
        );
        $| = 1;
        $steps{word()}->() while @ARGV;
        """;

    private readonly Process _starter;

    private LiveServer(string[] command) =>
        _starter = Process.Start(
            new ProcessStartInfo(command[0], command[1..])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;

    internal int Id { get; private set; }

    internal int Set { get; private set; }

    /// <summary>As a reason names it.</summary>
    internal string Description { get; private set; } = "";

    internal static LiveServer Start(string steps) => Start(["perl", "-e", Program, .. steps.Split(' ')]);

    /// <summary>One of whose threads a single one is in a group, and no thread has more rights than a user's.</summary>
    internal static LiveServer StartThreadInGroup(int set, uint group, uint user) =>
        Start(ActorProcess.CommandLine("serve-in-group", set, group, user));

    private static LiveServer Start(string[] command)
    {
        var server = new LiveServer(command);
        try
        {
            server.WaitUntilItServes();
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>What pid 1 has now, or what we started; and a session's leader or not.</summary>
    internal (bool IsReparented, bool IsLeader) Position =>
        Look() is { } process
            ? (process.ParentId == 1, process.SessionId == Id)
            : throw new InvalidOperationException($"The server {Id} is gone.");

    /// <summary>Fails unless it can still use its set.</summary>
    internal void Operate()
    {
        _starter.StandardInput.WriteLine();
        _starter.StandardInput.Flush();
        Assert.Equal("operated", _starter.StandardOutput.ReadLine());
    }

    internal void Kill()
    {
        if (Look() is not null)
            TestLibc.Signal(Id, 9);
        if (!_starter.HasExited)
            _starter.Kill();
        // Its zombie may stay until pid 1 takes note of it.
        Wait.Until(() => Look() is null, $"the server {Id} is gone");
    }

    public void Dispose()
    {
        Kill();
        _starter.Dispose();
    }

    private void WaitUntilItServes()
    {
        var words = _starter.StandardOutput.ReadLine()?.Split(' ');
        Assert.True(words?.Length == 2, "The server didn't come to serve.");
        Id = int.Parse(words[0], CultureInfo.InvariantCulture);
        Set = int.Parse(words[1], CultureInfo.InvariantCulture);
        Wait.Until(() => _starter.Id == Id || Position.IsReparented, "its starter is gone");
        var process = Look()!;
        Description = $"{process.Name} ({Id}, {(process.UserId == 0 ? "root" : process.UserId)}, since ";
    }

    private ProcessRecord? Look()
    {
        if (Id == 0)
            return null;
        new ProcessScanner().Look(Id, out var process);
        return process;
    }
}
