using System.Globalization;
using PSSysVIpc.Ipc;
using PSSysVIpc.Kinds;
using PSSysVIpc.Tests.Actor;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Kinds;

/// <summary>What is read of a set is of one set, also where its id was given anew since the table was read.</summary>
public class ReadFactsTests
{
    [FactNeeding(Need.Root)]
    public void Who_waits_on_a_set_that_got_the_id_since_is_not_said_to_wait_on_the_one_before() =>
        Sandbox.Run(_ =>
        {
            var (before, id) = Replaced(count: 1, newCount: 1);
            using var waiter = ActorProcess.Start("wait", id, 0, -1);
            Wait.Until(() => TestLibc.Waiting(id, 0) == 1, "the actor waits");

            AssertIsNew(id, before, waiting: 1);
        });

    [TheoryNeeding(Need.Root)]
    [InlineData(2, 3)]
    [InlineData(2, 20_000)]
    public void A_larger_set_that_got_the_id_since_is_read_as_such(int count, int newCount) =>
        Sandbox.Run(_ =>
        {
            var (before, id) = Replaced(count, newCount);

            AssertIsNew(id, before, waiting: 0, newCount);
        });

    private static void AssertIsNew(int id, IpcRow before, int waiting, int count = 1)
    {
        var kind = new SemaphoreKind(IpcKernel.OpenCurrent());
        var facts = (SemaphoreFacts)kind.ReadFacts(before, TimeSpan.Zero)!;

        Assert.Equal(kind.Find(id, TimeSpan.Zero)!.OwnerId, facts.Row.OwnerId);
        Assert.Equal((ulong)count, facts.Row.Size);
        Assert.Equal(count, facts.States!.Length);
        Assert.Equal(waiting, facts.WaitingCount);
    }

    private static (IpcRow Before, int Id) Replaced(int count, int newCount)
    {
        var id = Sandbox.MakeSet(FreshIds.Next(), count: count);
        var before = new SemaphoreKind(IpcKernel.OpenCurrent()).Find(id, TimeSpan.Zero)!;
        TestLibc.Remove(id);
        File.WriteAllText("/proc/sys/kernel/sem_next_id", id.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(id, Sandbox.MakeSet(FreshIds.Next(), count: newCount));
        return (before, id);
    }
}
