using System.Globalization;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Verdicts;

/// <summary>Who can have the id of a set without a key, by real processes.</summary>
public class InheritanceTests
{
    [FactNeeding(Need.Root | Need.FirstPidNamespace | Need.UtilLinux)]
    public void A_daemon_that_began_a_minute_after_the_leftovers_of_its_user_takes_only_those_with_a_key() => Sandbox.Run(box =>
    {
        var owner = FreshIds.Next();
        var keyless = Sandbox.MakeLeftover(owner);
        var keyed = Sandbox.MakeLeftover(owner, key: 0x77);
        Thread.Sleep(TimeSpan.FromSeconds(65));
        using var daemon = Daemon.Start(owner, isLeader: true);

        var sets = box.Invoke("Get-IpcSemaphore").Clean().Sets.ToDictionary(set => set.Id);

        Assert.True(sets[keyless].Status == "Orphaned", sets[keyless].StatusReason);
        Assert.Equal("Stale", sets[keyed].Status);
        Assert.Contains($"({daemon.Id}, {owner}, since ", sets[keyed].StatusReason, StringComparison.Ordinal);
        Assert.Contains("could open it by its key", sets[keyed].StatusReason, StringComparison.Ordinal);
    });

    [FactNeeding(Need.Root | Need.FirstPidNamespace | Need.UtilLinux)]
    public void A_daemon_that_began_in_time_may_have_inherited_it() => Sandbox.Run(_ =>
    {
        var owner = FreshIds.Next();
        var id = Sandbox.MakeLeftover(owner);
        using var daemon = Daemon.Start(owner, isLeader: true);

        var verdict = Judging.JudgeLater(id);

        Assert.Equal("Stale", verdict.Status);
        Assert.Contains($"({daemon.Id}, {owner}, since ", verdict.Reason, StringComparison.Ordinal);
    });

    [FactNeeding(Need.Root | Need.FirstPidNamespace | Need.UtilLinux)]
    public void A_late_daemon_that_leads_no_session_may_have_had_an_old_parent() => Sandbox.Run(_ =>
    {
        var owner = FreshIds.Next();
        var id = Sandbox.MakeLeftover(owner);
        using (Daemon.Start(owner, isLeader: false))
            Assert.Equal("Stale", LateComers.JudgeOld(id).Status);
        AssertOrphaned(id);
        using (Daemon.Start(owner, isLeader: true))
            AssertOrphaned(id);
    });

    [FactNeeding(Need.Root | Need.FirstPidNamespace | Need.UtilLinux)]
    public void A_late_process_of_the_owner_below_an_old_one_may_have_it_from_there() => Sandbox.Run(_ =>
    {
        // The old ancestor are the tests themselves, when they have run for some seconds.
        using var tests = System.Diagnostics.Process.GetCurrentProcess();
        Wait.Until(() => DateTime.Now - tests.StartTime > TimeSpan.FromSeconds(10), "the tests are old enough");
        var owner = FreshIds.Next();
        var id = Sandbox.MakeLeftover(owner);
        using var process = LateComers.Start(owner);

        var verdict = LateComers.JudgeOld(id);

        Assert.Equal("Stale", verdict.Status);
        Assert.Contains($"({process.Id}, {owner}, since ", verdict.Reason, StringComparison.Ordinal);
        Assert.Contains("in a family as old as it is", verdict.Reason, StringComparison.Ordinal);
    });

    private static void AssertOrphaned(int id)
    {
        var verdict = LateComers.JudgeOld(id);
        Assert.True(verdict.Status == "Orphaned", verdict.Reason);
    }

    /// <summary>A process whose parent has ended, and which pid 1 has now.</summary>
    private sealed class Daemon : IDisposable
    {
        internal required int Id { get; init; }

        internal static Daemon Start(uint user, bool isLeader)
        {
            // setsid forks and lets its parent end; a second fork makes a daemon that can't get a terminal.
            var text = isLeader ? "echo $$; exec sleep 1000" : "(sh -c 'echo $$; exec sleep 1000' &) ; exit";
            using var starter = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(
                "setsid", ["--fork", .. LateComers.As(user), "sh", "-c", text])
            {
                RedirectStandardOutput = true,
            })!;
            var id = int.Parse(starter.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
            starter.WaitForExit();
            Wait.Until(() => Fields(id) is [_, "1", ..], "pid 1 is its parent");
            Assert.Equal(isLeader, Fields(id)[3] == id.ToString(CultureInfo.InvariantCulture));
            return new Daemon { Id = id };
        }

        public void Dispose()
        {
            TestLibc.Signal(Id, 9);
            Wait.Until(() => !Directory.Exists($"/proc/{Id}"), "it is gone");
        }

        private static string[] Fields(int id) => File.ReadAllText($"/proc/{id}/stat").Split(") ")[1].Split(' ');
    }
}
