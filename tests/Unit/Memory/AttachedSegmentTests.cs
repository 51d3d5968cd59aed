using System.Text;
using PSSysVIpc.Native;
using PSSysVIpc.Tests.Actor;
using PSSysVIpc.Tests.Apache;
using PSSysVIpc.Tests.Shell;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Memory;

/// <summary>Segments that real processes are attached to, in all the ways that the kernel counts.</summary>
public class AttachedSegmentTests
{
    private const int Pages = 3 * 4096;
    private const string OnceAndStay = "attach($ARGV[0]); ready(); sleep 600";

    [FactNeeding(Need.Root)]
    public void Attached_once_and_three_times() =>
        Sandbox.Run(box =>
        {
            var id = TestLibc.MakeSegment(Pages);
            using var once = PerlIpc.Start(OnceAndStay, id);
            using var thrice = PerlIpc.Start("attach($ARGV[0]) for 1 .. 3; ready(); sleep 600", id);

            AssertAttached(box, 4, (once.Id, 1), (thrice.Id, 3));
        });

    [FactNeeding(Need.Root)]
    public void A_mapping_that_is_split_counts_twice() =>
        Sandbox.Run(box =>
        {
            var id = TestLibc.MakeSegment(2 * 4096);
            using var actor = PerlIpc.Start("cut(attach($ARGV[0])); ready(); sleep 600", id);

            AssertAttached(box, 2, (actor.Id, 2));
        });

    [FactNeeding(Need.Root)]
    public void A_forked_child_is_attached_as_its_parent_is() =>
        Sandbox.Run(box =>
        {
            var id = TestLibc.MakeSegment(Pages);
            using var actor = PerlIpc.Start("attach($ARGV[0]); fork or sleep 600; ready(); sleep 600", id);

            var segment = AssertAttached(box, 2);
            Assert.Equal(2, segment.AttachedProcesses!.Count);
            Assert.Contains(actor.Id, segment.AttachedProcesses.Select(process => process.Id));
            Assert.Equal(actor.Id, segment.LastProcess!.Id);
        });

    [FactNeeding(Need.Root | Need.UtilLinux | Need.FirstPidNamespace)]
    public void By_a_process_of_another_PID_namespace() =>
        Sandbox.Run(box =>
        {
            var id = TestLibc.MakeSegment(Pages);
            using var actor = PerlIpc.StartUnder(["unshare", "--pid", "--fork", "--kill-child"], OnceAndStay, id);

            var segment = AssertAttached(box, 1);
            Assert.Equal("perl", Assert.Single(segment.AttachedProcesses!).Name);
            Assert.Equal(segment.LastProcess!.Id, segment.AttachedProcesses![0].Id);
        });

    [FactNeeding(Need.Root)]
    public void By_one_that_has_left_the_IPC_namespace() =>
        Sandbox.Run(box =>
        {
            var id = TestLibc.MakeSegment(Pages);
            using var actor = PerlIpc.Start("attach($ARGV[0]); leave(); ready(); sleep 600", id);

            AssertAttached(box, 1, (actor.Id, 1));
        });

    [FactNeeding(Need.Root)]
    public void Not_by_one_that_has_a_segment_of_the_same_id_elsewhere() =>
        Sandbox.Run(box =>
        {
            TestLibc.MakeSegment(Pages);
            using var here = PerlIpc.Start(OnceAndStay, 0);
            // Not in the second in which the one here was made.
            Thread.Sleep(TimeSpan.FromSeconds(2.1));
            using var elsewhere = PerlIpc.Start("leave(); attach(shmget(0, 4096, 01600)); ready(); sleep 600");

            AssertAttached(box, 1, (here.Id, 1));
        });

    [FactNeeding(Need.Root)]
    public void By_one_whose_main_thread_has_ended() =>
        Sandbox.Run(box =>
        {
            var id = TestLibc.MakeSegment(Pages);
            using var actor = ActorProcess.Start("attach-in-thread-and-end-main", id);
            Wait.Until(() => File.ReadAllText($"/proc/{actor.Id}/maps").Length == 0, "the main thread has no memory");

            AssertAttached(box, 1, (actor.Id, 1));
        });

    [FactNeeding(Need.Root)]
    public void Not_by_a_zombie() =>
        Sandbox.Run(box =>
        {
            var id = TestLibc.MakeSegment(Pages, key: 0x77);
            using var parent = PerlIpc.Start(
                "fork or do { attach($ARGV[0]); exit }; sleep 1 until `cat /proc/*/stat 2>/dev/null` "
                    + "=~ /[)] Z $$ /; ready(); sleep 600",
                id
            );

            var segment = AssertAttached(box, 0);
            Assert.Equal("Stale", segment.Status);
            Assert.Contains(
                $"its last process {segment.LastProcess!.Id} has ended, but its parent perl ({parent.Id}, ",
                segment.StatusReason,
                StringComparison.Ordinal
            );
        });

    [FactNeeding(Need.Root)]
    public void Marked_for_removal_and_attached_still() =>
        Sandbox.Run(box =>
        {
            var id = TestLibc.MakeSegment(Pages, key: 0x77);
            using var actor = PerlIpc.Start("attach($ARGV[0]); mark($ARGV[0]); ready(); sleep 600", id);

            var segment = box.Invoke("Get-IpcSharedMemory").Clean().Segment;
            Assert.True(segment.IsMarkedForRemoval);
            Assert.Equal(("InUse", 0u, "0600"), (segment.Status, segment.Key, segment.Mode));
            Assert.Contains(
                $"it is attached once, by perl ({actor.Id}, ",
                segment.StatusReason,
                StringComparison.Ordinal
            );
            Assert.Contains("it is marked for removal", segment.StatusReason, StringComparison.Ordinal);

            var answer = box.Invoke("Remove-IpcSharedMemory 0 -PassThru; Get-IpcSharedMemory").Clean();
            Assert.Equal(id, answer.Segment.Id);
            Assert.Contains("was removed already: there is nothing to do", answer.Written, StringComparison.Ordinal);
        });

    [FactNeeding(Need.Root)]
    public void Locked() =>
        Sandbox.Run(box =>
        {
            var id = TestLibc.MakeSegment(Pages);
            using var actor = PerlIpc.Start("attach($ARGV[0]); lock_it($ARGV[0]); ready(); sleep 600", id);

            Assert.True(AssertAttached(box, 1, (actor.Id, 1)).IsLocked);
        });

    [FactNeeding(Need.Root)]
    public void Of_eight_GiB_that_nobody_has_touched() =>
        Sandbox.Run(box =>
        {
            var id = TestLibc.MakeSegment(8UL << 30);
            using var actor = PerlIpc.Start(OnceAndStay, id);

            var segment = AssertAttached(box, 1, (actor.Id, 1));
            Assert.Equal((8L << 30, 0L, 0L), (segment.Size, segment.ResidentSize, segment.SwappedSize));
        });

    [FactNeeding(Need.Root)]
    public void In_huge_pages() =>
        Sandbox.Run(box =>
        {
            var id = TestLibc.MakeHugeSegment(2UL << 20);
            using var actor = PerlIpc.Start(OnceAndStay, id);

            AssertAttached(box, 1, (actor.Id, 1));
        });

    [FactNeeding(Need.Root)]
    public void Where_the_creator_is_dead_the_others_keep_it_in_use() =>
        Sandbox.Run(box =>
        {
            using var actor = PerlIpc.Start(
                "$id = shmget(0, 4096, 01600); if (fork) { exit } attach($id); ready(); sleep 600"
            );
            var segment = box.Invoke("Get-IpcSharedMemory").Clean().Segment;

            Assert.Equal(("InUse", 1L), (segment.Status, segment.AttachCount));
            Assert.False(segment.CreatorProcess!.IsAlive);
        });

    [FactNeeding(Need.Root)]
    public void Under_forced_removal_it_goes_with_the_last_detach_and_says_so() =>
        Sandbox.Run(box =>
        {
            File.WriteAllText("/proc/sys/kernel/shm_rmid_forced", "1");
            using var actor = PerlIpc.Start(
                "attach(shmget(0, 4096, 01600)); shmget(0x77, 4096, 01600); ready(); sleep 600"
            );
            var segments = box.Invoke("Get-IpcSharedMemory").Clean().Segments;
            actor.Kill();

            Assert.Equal(["InUse", "Stale"], segments.Select(segment => segment.Status));
            Assert.Contains(
                "it goes by itself when it is detached",
                segments[0].StatusReason,
                StringComparison.Ordinal
            );
            Assert.Contains("it goes when its creator ends", segments[1].StatusReason, StringComparison.Ordinal);
            Assert.Empty(box.Invoke("Get-IpcSharedMemory").Clean().Output);
        });

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void Not_by_who_has_a_file_mapped_that_is_named_as_a_segment() =>
        Sandbox.Run(box =>
        {
            TestLibc.UnshareMounts();
            using var folder = new TempFolder();
            var place = folder.PathOf("disk");
            Directory.CreateDirectory(place);
            TestLibc.Mount("tmpfs", place, "");
            var name = Path.Combine(place, "SYSV00000000 (deleted)");
            File.WriteAllBytes(name, new byte[4096]);
            using var mapper = ActorProcess.Start("map-to-share", name);
            TestLibc.Detach(place);
            var line = File.ReadLines($"/proc/{mapper.Id}/maps")
                .Single(line => line.Contains("SYSV", StringComparison.Ordinal));
            Assert.EndsWith(" /SYSV00000000 (deleted)", line, StringComparison.Ordinal);
            File.WriteAllText("/proc/sys/kernel/shm_next_id", line.Split(' ')[4]);
            var id = TestLibc.MakeSegment(4096);
            Assert.Equal(line.Split(' ')[4], $"{id}");
            using var attached = PerlIpc.Start(OnceAndStay, id);

            AssertAttached(box, 1, (attached.Id, 1));
        });

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void Seen_from_a_PID_namespace_of_its_own_it_is_in_use_by_nobody_who_can_be_seen() =>
        Sandbox.Run(box =>
        {
            var id = TestLibc.MakeSegment(Pages);
            using var actor = PerlIpc.Start(OnceAndStay, id);
            var run = ShellProcess
                .Run(
                    new ShellSetting { OwnPids = true },
                    "-c",
                    "Get-IpcSharedMemory -IncludeProcess | ForEach-Object StatusReason"
                )
                .Ending(0);

            Assert.StartsWith(
                "InUse: it is attached once, by nobody who can be seen from here",
                run.Lines.First(),
                StringComparison.Ordinal
            );
        });

    [FactNeeding(Need.Root)]
    public void Every_way_to_read_mappings_finds_the_same() =>
        Sandbox.Run(_ =>
        {
            using var actor = PerlIpc.Start("attach(shmget(0x77, 12288, 01600)) for 1 .. 2; ready(); sleep 600");
            SharedMapping[] read =
            [
                .. File.ReadLines($"/proc/{actor.Id}/maps")
                    .Select(line => SharedMappings.Parse(Encoding.ASCII.GetBytes(line)))
                    .OfType<SharedMapping>(),
            ];
            var asked = new List<SharedMapping>();
            Assert.True(
                new SharedMappings(new Deadline(Wait.Patience, default)).TryAdd($"/proc/{actor.Id}", _ => true, asked)
            );

            Assert.Equal(read.Select(Shown), asked.Select(Shown));
            SharedMapping[] segments = [.. asked.Where(mapping => SegmentFiles.KeyOf(mapping.Name) == 0x77)];
            Assert.Equal(2, segments.Length);
            Assert.All(segments, mapping => Assert.Contains(mapping.Device, SegmentFiles.FindDevices()));

            static string Shown(SharedMapping mapping) =>
                $"{mapping.Range} {mapping.Inode} {mapping.Device} {Encoding.ASCII.GetString(mapping.Name)}";
        });

    // As in programs that are not position-independent.
    [Fact]
    public void A_low_address_is_named_as_the_folder_map_files_does()
    {
        var line = "00400000-00401000 rw-s 00000000 00:01 5    /SYSV00000077 (deleted)"u8;

        Assert.Equal("400000-401000", SharedMappings.Parse(line)!.Value.Range);
    }

    private static IpcSharedMemorySegment AssertAttached(
        Sandbox box,
        long count,
        params (int Id, int Count)[] processes
    )
    {
        var segment = box.Invoke("Get-IpcSharedMemory -IncludeProcess").Clean().Segment;
        Assert.Equal(count, segment.AttachCount);
        Assert.Equal(count > 0, segment.Status == "InUse");
        Assert.DoesNotContain("can't be seen", segment.StatusReason, StringComparison.Ordinal);
        if (processes.Length > 0)
            Assert.Equal(
                processes.Order(),
                segment.AttachedProcesses!.Select(process => (process.Id, process.AttachCount))
            );
        return segment;
    }
}
