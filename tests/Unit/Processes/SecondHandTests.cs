using System.Globalization;
using PSSysVIpc.Native;
using PSSysVIpc.Processes;
using PSSysVIpc.Tests.Actor;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Processes;

/// <summary>Numbers of processes that have ended and are given to new ones.</summary>
[Collection(Alone.Name)]
public class SecondHandTests
{
    private const string NextNumber = "/proc/sys/kernel/ns_last_pid";

    [FactNeeding(Need.Root | Need.FirstPidNamespace)]
    public void A_second_hand_number_is_a_doubt_only_where_its_process_may_open_the_set() =>
        Sandbox.Run(_ =>
        {
            var id = Sandbox.MakeSet(FreshIds.Next());
            var dead = ActorProcess.Operate(id, 0, 1);
            // The rule compares whole seconds and leaves two of them.
            Thread.Sleep(TimeSpan.FromSeconds(4));

            using (SecondHand.Start(dead, []))
            {
                var doubt = Judging.JudgeLater(id, new ProcessScanner { Clock = Judging.SteadyClock });
                Assert.Equal("Stale", doubt.Status);
                Assert.StartsWith($"Stale: dotnet ({dead}, root, since ", doubt.Reason, StringComparison.Ordinal);
                Assert.EndsWith(
                    "has the number of its last operator, and may open it. Stop it or use -AllowStale.",
                    doubt.Reason,
                    StringComparison.Ordinal
                );
            }

            var stranger = FreshIds.Next();
            using (SecondHand.Start(dead, "become", stranger, stranger, ""))
            {
                var verdict = Judging.JudgeLater(id, new ProcessScanner { Clock = Judging.SteadyClock });
                Assert.True(verdict.Status == "Orphaned", verdict.Reason);
                Assert.Contains(
                    $"{dead} has exited (its number now belongs to dotnet ({dead}, {stranger}, since ",
                    verdict.Reason,
                    StringComparison.Ordinal
                );
            }
        });

    [FactNeeding(Need.Root)]
    public void Who_has_a_number_second_hand_is_listed_as_another_and_who_lives_on_as_the_same()
    {
        var first = ActorProcess.Start();
        var inode = InodeOf(first.Id);
        Assert.Equal(inode, InodeOf(first.Id));
        first.Kill();
        using var second = SecondHand.Start(first.Id);

        Assert.NotEqual(inode, InodeOf(second.Id));
        first.Dispose();

        static ulong InodeOf(int id) => ProcFolder.Processes()!.Single(entry => entry.Id == id).Inode;
    }

    [FactNeeding(Need.Root | Need.FirstPidNamespace)]
    public void A_family_whose_one_worker_gets_the_numbers_of_the_dead_is_on_every_whole_list() =>
        Sandbox.Run(_ =>
        {
            var owner = FreshIds.Next();
            using var family = RestlessFamily.Start(owner, FreshIds.Next(), milliseconds: 5);
            // Who there is no time for has no user. One command has time enough, and all of these together may not.
            var hours = TimeSpan.FromHours(1);
            var scanner = new ProcessScanner(new ExaminationBudget(inAll: hours, free: TimeSpan.Zero));
            Wait.Until(() => scanner.Scan().OfUser(owner).Count > 0, "the first worker has become the user");
            using var isOver = new CancellationTokenSource();
            var last = File.ReadAllText(NextNumber);
            var again = new Thread(() =>
            {
                while (!isOver.Token.WaitHandle.WaitOne(8))
                    File.WriteAllText(NextNumber, last);
            });
            again.Start();
            try
            {
                var (missed, whole) = (0, 0);
                while (whole < 800)
                {
                    var processes = scanner.Scan();
                    whole += processes.IsWhole ? 1 : 0;
                    missed += processes.IsWhole && processes.OfUser(owner).Count == 0 ? 1 : 0;
                }

                Assert.True(
                    missed == 0,
                    string.Create(CultureInfo.InvariantCulture, $"{missed} of {whole} whole lists were without it.")
                );
            }
            finally
            {
                isOver.Cancel();
                again.Join();
            }
        });
}
