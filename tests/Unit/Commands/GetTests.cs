using System.Globalization;
using PSSysVIpc.Tests.Actor;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Commands;

public class GetTests
{
    [FactNeeding(Need.Root)]
    public void A_set_has_every_property() =>
        Sandbox.Run(box =>
        {
            uint owner = FreshIds.Next(),
                group = FreshIds.Next(),
                creator = FreshIds.Next();
            var before = DateTime.Now.AddSeconds(-1.5);
            var id = Sandbox.MakeSet(owner, creator, count: 2, mode: 0x1A0, key: 0x00c0ffee, group: group);
            TestLibc.SetSemaphore(id, 1, 32767);
            var last = ActorProcess.Operate(id, 0, 5);

            var set = box.Invoke("Get-IpcSemaphore").Clean().Set;

            Assert.Equal(
                (id, 0x00c0ffeeu, owner, group, creator, group),
                (set.Id, set.Key, set.OwnerId, set.GroupId, set.CreatorId, set.CreatorGroupId)
            );
            Assert.Equal(
                ($"{owner}", $"{group}", $"{creator}", $"{group}"),
                (set.Owner, set.Group, set.Creator, set.CreatorGroup)
            );
            Assert.Equal(("0640", "rw-r-----"), (set.Mode, set.Permissions));
            Assert.InRange(set.ChangeTime, before, DateTime.Now);
            Assert.InRange(set.LastOperationTime!.Value, before, DateTime.Now);
            // So that JSON and XML say which time zone they are of.
            Assert.Equal(
                (DateTimeKind.Local, DateTimeKind.Local),
                (set.ChangeTime.Kind, set.LastOperationTime.Value.Kind)
            );
            Assert.Equal((2, 0), (set.SemaphoreCount, set.WaitingCount));
            Assert.Equal("Stale", set.Status);
            Assert.Equal([5, 32767], set.Semaphores!.Select(semaphore => semaphore.Value));
            Assert.Equal([0, 1], set.Semaphores!.Select(semaphore => semaphore.Index));
            Assert.Equal(
                $"0: value 5, last process {last}; 1: value 32767, last process {Environment.ProcessId}",
                set.Semaphores!.ToString()
            );
            Assert.Equal([last, Environment.ProcessId], set.LastProcesses.Select(process => process.Id));
            Assert.Equal($"ipc:[{set.NamespaceId}]", new FileInfo("/proc/thread-self/ns/ipc").LinkTarget);
            Assert.Equal(File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim(), set.BootId.ToString());
            Assert.Equal($"semaphore set {id} (key 0x00c0ffee, owner {owner}, Stale)", set.ToString());
        });

    [FactNeeding(Need.Root)]
    public void Id_0_and_ids_beyond_32768_are_ids_like_any_other() =>
        Sandbox.Run(box =>
        {
            int[] ids = [Sandbox.MakeSet(0), WithId(2147483647), WithId(32769), WithId(65536 + 7)];
            Assert.Equal(0, ids[0]);

            Assert.Equal(ids.Order(), box.Invoke("Get-IpcSemaphore").Clean().Sets.Select(set => set.Id));
            Assert.Equal(
                [0, 2147483647],
                box.Invoke("Get-IpcSemaphore 2147483647, 0, 0").Clean().Sets.Select(set => set.Id)
            );
        });

    [FactNeeding(Need.Root)]
    public void A_set_of_250_semaphores_is_read_whole() =>
        Sandbox.Run(box =>
        {
            var id = Sandbox.MakeSet(0, count: 250);
            for (var i = 0; i < 250; i++)
                TestLibc.SetSemaphore(id, i, i * 100);

            var set = box.Invoke("Get-IpcSemaphore").Clean().Set;

            Assert.Equal(250, set.SemaphoreCount);
            Assert.Equal(
                Enumerable.Range(0, 250).Select(i => i * 100),
                set.Semaphores!.Select(semaphore => semaphore.Value)
            );
        });

    [FactNeeding(Need.Root)]
    public void An_empty_namespace_gives_nothing() =>
        Sandbox.Run(box => Assert.Empty(box.Invoke("Get-IpcSemaphore").Clean().Output));

    [FactNeeding(Need.Root)]
    public void The_kernels_default_maximum_of_32000_sets_is_listed_whole_and_sorted() =>
        Sandbox.Run(box =>
        {
            for (var i = 0; i < 32_000; i++)
                TestLibc.MakeSet(0, 1, 0x180);

            var ids = box.Invoke("Get-IpcSemaphore").Clean().Sets.Select(set => set.Id).ToList();

            Assert.Equal(32_000, ids.Distinct().Count());
            Assert.Equal(ids.Order(), ids);
        });

    /// <summary>Makes a set with an id of one's choice, as checkpoint and restore do.</summary>
    internal static int WithId(int id)
    {
        File.WriteAllText("/proc/sys/kernel/sem_next_id", id.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(id, TestLibc.MakeSet(0, 1, 0x180));
        return id;
    }
}
