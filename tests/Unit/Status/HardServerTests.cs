using System.Diagnostics;
using PSSysVIpc.Commands;
using PSSysVIpc.Ipc;
using PSSysVIpc.Tests.Native;
using PSSysVIpc.Tests.Processes;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Status;

/// <summary>Servers that live and can use their set, and that are hard to see.</summary>
public class HardServerTests
{
    private const string Serve =
        "sub go { print semop($id, pack('s!3', 0, 1, 0)) ? qq(operated\n) : qq($!\n) } $| = 1; print qq(ready\n);";

    [FactNeeding(Need.Root | Need.FirstPidNamespace)]
    public void A_server_of_root_that_was_left_to_pid_1_more_than_a_minute_after_it_made_its_set() =>
        Sandbox.Run(_ =>
        {
            using var server = LiveServer.Start($"seteuid {FreshIds.Next()} create back fork serve");
            var verdict = LateComers.JudgeOld(server.Set);
            Assert.True(verdict.Status == "Stale", verdict.Reason);
            Assert.Contains(server.Description, verdict.Reason, StringComparison.Ordinal);
            server.Operate();
        });

    [TheoryNeeding(Need.Root | Need.FirstPidNamespace)]
    [InlineData(5)]
    [InlineData(20)]
    [InlineData(100)]
    public void A_master_of_root_that_is_replaced_many_times_a_second(int milliseconds) =>
        Sandbox.Run(_ =>
        {
            var id = Sandbox.MakeLeftover();
            using var family = RestlessFamily.Start(0, FreshIds.Next(), milliseconds);
            var kernel = IpcKernel.OpenCurrent();
            // 15 seconds old, and not 65: the tests, which all of them descend from, are younger than that at times.
            var facts = LateComers.OldFacts(kernel, id, seconds: 15);
            foreach (var round in Rounds.UpTo(2_000))
            {
                var verdict = new Inspector(kernel, CancellationToken.None).Judge(facts);
                Assert.True(verdict.Status == "Stale", $"{round}: {verdict.Reason}");
            }
        });

    [FactNeeding(Need.Root | Need.FirstPidNamespace)]
    public void A_master_whose_program_lies_below_dev_shm() =>
        Sandbox.Run(_ =>
        {
            var path = $"/dev/shm/pssysvipc-{Environment.ProcessId}";
            File.Copy(LibraryFiles.Perl, path);
            try
            {
                Check(Sandbox.MakeLeftover(), path, "-e", $"$id = shift; {Serve} go() while <STDIN>");
            }
            finally
            {
                File.Delete(path);
            }
        });

    [FactNeeding(Need.Root | Need.FirstPidNamespace | Need.UtilLinux)]
    public void A_server_that_may_become_the_owner_and_is_not_root() =>
        Sandbox.Run(_ =>
        {
            var owner = FreshIds.Next();
            Check(
                Sandbox.MakeLeftover(owner),
                [
                    .. LateComers.As(FreshIds.Next()),
                    "--inh-caps=+setuid",
                    "--ambient-caps=+setuid",
                    "perl",
                    "-e",
                    $"$id = shift; {Serve} while (<STDIN>) {{ $> = {owner}; go() }}",
                ]
            );
        });

    [FactNeeding(Need.Root | Need.FirstPidNamespace | Need.UtilLinux)]
    public void A_server_that_makes_its_capability_effective_only_when_it_needs_it() =>
        Sandbox.Run(_ =>
            Check(
                Sandbox.MakeLeftover(),
                [
                    .. LateComers.As(FreshIds.Next()),
                    "--inh-caps=+ipc_owner",
                    "--ambient-caps=+ipc_owner",
                    "perl",
                    "-e",
                    $$"""
                    $id = shift;
                    my $header = pack('LL', 0x20080522, 0);
                    my $number = `uname -m` =~ /aarch64/ ? 91 : 126;
                    sub effective {
                        syscall($number, $header, pack('L6', $_[0], 1 << 15, 0, 0, 0, 0)) == 0 or die "capset: $!"
                    }
                    effective(0);
                    {{Serve}}
                    while (<STDIN>) { effective(1 << 15); go() }
                    """,
                ]
            )
        );

    /// <summary>Fails unless a server's set is Stale, and the server still can use it.</summary>
    private static void Check(int id, params string[] command)
    {
        using var server = Process.Start(
            new ProcessStartInfo(command[0], [.. command[1..], $"{id}"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
        Assert.Equal("ready", server.StandardOutput.ReadLine());
        var verdict = Judging.JudgeLater(id);
        server.StandardInput.WriteLine();
        server.StandardInput.Close();
        Assert.Equal("operated", server.StandardOutput.ReadLine());
        server.WaitForExit();
        Assert.True(verdict.Status == "Stale", verdict.Reason);
        Assert.Contains($"({server.Id}, ", verdict.Reason, StringComparison.Ordinal);
    }
}
