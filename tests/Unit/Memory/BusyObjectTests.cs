using PSSysVIpc.Tests.Actor;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Memory;

/// <summary>
/// What is used between two looks: it is left alone, but where it was in use and the caller forces it. What it is must
/// be the same always.
/// </summary>
public class BusyObjectTests
{
    private const string Attach = "attach($ARGV[0]); ready(); sleep 600";
    private const string Use = "shmread($ARGV[0], $bytes, 0, 1) or die";
    private const string Send = "msgsnd($ARGV[0], pack('l! a*', 1, 'abc'), 0) or die";

    [FactNeeding(Need.Root)]
    public void A_segment_in_use_that_was_used_since_it_was_read_goes_with_Force() =>
        Sandbox.Run(box =>
        {
            var id = TestLibc.MakeSegment(4096, key: 0x77);
            using var holder = PerlIpc.Start(Attach, id);
            var read = box.Invoke("Get-IpcSharedMemory").Clean().Segment;
            var user = PerlIpc.Run(Use, id);

            box.Invoke("$read | Remove-IpcSharedMemory -AllowStale", ("read", read)).Failing("IpcChanged");
            var answer = box.Invoke("$read | Remove-IpcSharedMemory -Force -PassThru", ("read", read)).Clean();

            Assert.Equal(user, answer.Segment.LastProcess!.Id);
            Assert.Contains(
                "1 shared memory segment is only marked for removal: it goes when the last process detaches. Its key "
                    + "is free already: stop who is attached before a server starts that goes by it.",
                answer.Written,
                StringComparison.Ordinal
            );
            Assert.True(box.Invoke("Get-IpcSharedMemory").Clean().Segment.IsMarkedForRemoval);
        });

    [FactNeeding(Need.Root)]
    public void One_that_nobody_was_attached_to_is_left_alone_where_it_was_used_since_also_with_Force() =>
        Sandbox.Run(box =>
        {
            var id = TestLibc.MakeSegment(4096);
            var read = box.Invoke("Get-IpcSharedMemory").Clean().Segment;
            PerlIpc.Run(Use, id);

            box.Invoke("$read | Remove-IpcSharedMemory -Force", ("read", read)).Failing("IpcChanged");
            using var holder = PerlIpc.Start(Attach, id);
            box.Invoke("$read | Remove-IpcSharedMemory -Force", ("read", read)).Failing("IpcChanged");
        });

    [FactNeeding(Need.Root)]
    public void One_that_was_made_again_is_left_alone_though_both_are_in_use() =>
        Sandbox.Run(box =>
        {
            using var holder = PerlIpc.Start(Attach, TestLibc.MakeSegment(4096));
            var read = box.Invoke("Get-IpcSharedMemory").Clean().Segment;
            holder.Kill();
            box.Invoke("Remove-IpcSharedMemory 0 -Force").Clean();
            File.WriteAllText("/proc/sys/kernel/shm_next_id", "0");
            // Made by another process, which is all that differs.
            using var next = PerlIpc.Start("attach(shmget(0, 4096, 01600)); ready(); sleep 600");

            var answer = box.Invoke("$read | Remove-IpcSharedMemory -Force", ("read", read)).Failing("IpcChanged");
            Assert.Contains("its CreatorProcess was ", answer.ErrorText, StringComparison.Ordinal);
        });

    [FactNeeding(Need.Root)]
    public void Of_a_queue_in_use_the_messages_lost_are_those_of_the_last_look() =>
        Sandbox.Run(box =>
        {
            var id = TestLibc.MakeQueue();
            using var sender = PerlIpc.Start(Send + "; ready(); <STDIN>", id);
            var read = box.Invoke("Get-IpcMessageQueue").Clean().Queue;
            Assert.Equal(("InUse", 1L), (read.Status, read.MessageCount));
            using var second = PerlIpc.Start(Send + " for 1 .. 4; ready(); <STDIN>", id);

            box.Invoke("$read | Remove-IpcMessageQueue -AllowStale", ("read", read)).Failing("IpcChanged");
            var answer = box.Invoke("$read | Remove-IpcMessageQueue -Force -PassThru", ("read", read)).Clean();

            Assert.Equal(5, answer.Queue.MessageCount);
            Assert.Contains("5 unread messages (15 bytes) went", answer.Written, StringComparison.Ordinal);
        });

    // In one of two such looks something differs (measured): so often it can't be luck.
    [FactNeeding(Need.Root)]
    public void One_in_constant_use_can_be_forced_out() =>
        Sandbox.Run(box =>
        {
            int[] ids = [.. Enumerable.Range(0, 20).Select(_ => TestLibc.MakeSegment(4096))];
            using var holder = PerlIpc.Start("attach($_) for @ARGV; ready(); sleep 600", [.. ids.Cast<object>()]);
            using var busy = PerlIpc.Start(
                "ready(); while (1) { shmread($_, $bytes, 0, 1) for @ARGV }",
                [.. ids.Cast<object>()]
            );

            box.Invoke("Get-IpcSharedMemory | Remove-IpcSharedMemory -Force").Clean();
            Assert.All(box.Invoke("Get-IpcSharedMemory").Clean().Segments, one => Assert.True(one.IsMarkedForRemoval));
        });
}
