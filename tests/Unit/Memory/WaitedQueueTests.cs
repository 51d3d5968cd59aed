using PSSysVIpc.Tests.Actor;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Memory;

/// <summary>Queues that real processes wait on, of which the kernel tells nothing, and their messages.</summary>
public class WaitedQueueTests
{
    private const int StopSignal = 19;
    private const string Fill = "msgsnd($ARGV[0], pack('l! a*', 1, 'x' x 8000), 0) or die for 1 .. 2; ";

    [FactNeeding(Need.Root)]
    public void A_blocked_receiver_is_named_with_the_type_that_it_wants() =>
        Sandbox.Run(box =>
        {
            var id = TestLibc.MakeQueue();
            using var any = Blocked(id, "msgrcv($ARGV[0], $m, 100, 0, 0)");
            using var upTo = Blocked(id, "msgrcv($ARGV[0], $m, 100, -5, 0)");

            var queue = box.Invoke("Get-IpcMessageQueue").Clean().Queue;
            Assert.Equal("InUse", queue.Status);
            Assert.StartsWith(
                "InUse: 2 processes wait on it, among them perl (",
                queue.StatusReason,
                StringComparison.Ordinal
            );
            Assert.Equal(
                new[] { (any.Id, "Receive", (long?)0), (upTo.Id, "Receive", -5) }.Order(),
                queue.WaitingProcesses.Select(waiter => (waiter.Id, waiter.Direction, waiter.MessageType)).Order()
            );
        });

    [FactNeeding(Need.Root)]
    public void A_blocked_sender_is_named() =>
        Sandbox.Run(box =>
        {
            var id = TestLibc.MakeQueue();
            PerlIpc.Run(Fill, id);
            using var sender = Blocked(id, "msgsnd($ARGV[0], pack('l! a*', 1, 'x' x 8000), 0)");

            var queue = box.Invoke("Get-IpcMessageQueue").Clean().Queue;
            var waiter = Assert.Single(queue.WaitingProcesses);
            Assert.Equal((sender.Id, "Send", null), (waiter.Id, waiter.Direction, waiter.MessageType));
            Assert.Equal((2L, 16_000L, 16_384L), (queue.MessageCount, queue.UsedSize, queue.MaxSize));
            Assert.Equal("InUse", queue.Status);
        });

    [FactNeeding(Need.Root)]
    public void One_that_is_stopped_by_a_signal_waits_still() =>
        Sandbox.Run(box =>
        {
            var id = TestLibc.MakeQueue();
            using var receiver = Blocked(id, "msgrcv($ARGV[0], $m, 100, 7, 0)");
            TestLibc.Signal(receiver.Id, StopSignal);
            Wait.Until(
                () => File.ReadAllText($"/proc/{receiver.Id}/stat").Contains(") T ", StringComparison.Ordinal),
                "it is stopped"
            );

            var waiter = Assert.Single(box.Invoke("Get-IpcMessageQueue").Clean().Queue.WaitingProcesses);
            Assert.Equal((receiver.Id, 7L), (waiter.Id, waiter.MessageType));
        });

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void Who_waits_on_a_queue_of_the_same_id_elsewhere_does_not_wait_here() =>
        Sandbox.Run(box =>
        {
            TestLibc.MakeQueue();
            using var elsewhere = PerlIpc.Start("leave(); $id = msgget(0, 01600); ready(); msgrcv($id, $m, 100, 0, 0)");
            Wait.Until(() => IsIn(elsewhere.Id, "do_msgrcv"), "it waits");

            Assert.Empty(box.Invoke("Get-IpcMessageQueue").Clean().Queue.WaitingProcesses);
        });

    [FactNeeding(Need.Root)]
    public void Messages_of_no_length_are_messages() =>
        Sandbox.Run(box =>
        {
            var id = TestLibc.MakeQueue();
            PerlIpc.Run("msgsnd($ARGV[0], pack('l!', 5), 0) or die for 1 .. 3", id);

            var queue = box.Invoke("Get-IpcMessageQueue -IncludeMessage 9").Clean().Queue;
            Assert.Equal((3L, 0L), (queue.MessageCount, queue.UsedSize));
            Assert.Contains("it holds 3 messages of 0 bytes", queue.StatusReason, StringComparison.Ordinal);
            Assert.Equal(
                [(5L, 0, ""), (5, 0, ""), (5, 0, "")],
                queue.Messages!.Select(one => (one.Type, one.Length, one.Text))
            );
        });

    [FactNeeding(Need.Root)]
    public void Messages_are_looked_at_and_the_queue_is_as_it_was() =>
        Sandbox.Run(box =>
        {
            var id = TestLibc.MakeQueue();
            PerlIpc.Run(
                """
                msgsnd($ARGV[0], pack('l! a*', $_, qq(no $_\n\e[2J\xe2\x80\xae\\\xff\0) . 'x' x (100 * $_)), 0) or die
                    for 1 .. 9
                """,
                id
            );
            var before = File.ReadAllText("/proc/sysvipc/msg");

            var messages = box.Invoke("Get-IpcMessageQueue -IncludeMessage 3").Clean().Queue.Messages!;

            Assert.Equal(before, File.ReadAllText("/proc/sysvipc/msg"));
            Assert.Equal(
                [(0, 1L, 115), (1, 2, 215), (2, 3, 315)],
                messages.Select(one => (one.Index, one.Type, one.Length))
            );
            Assert.Equal(@"no 1\n\x1b[2J\u202e\\\xff\0" + new string('x', 49), messages[0].Text);
            Assert.StartsWith("6e6f20310a1b5b324ae280ae5cff00" + "78", messages[0].Hex, StringComparison.Ordinal);
            Assert.Equal(9, box.Invoke("Get-IpcMessageQueue -IncludeMessage 100").Clean().Queue.Messages!.Count);
            Assert.Null(box.Invoke("Get-IpcMessageQueue").Clean().Queue.Messages);
        });

    [FactNeeding(Need.Root)]
    public void One_that_is_longer_than_the_limit_by_now_is_an_error_that_says_so_and_the_queue_comes_out() =>
        Sandbox.Run(box =>
        {
            PerlIpc.Run(Fill, TestLibc.MakeQueue());
            File.WriteAllText("/proc/sys/kernel/msgmax", "100");

            var answer = box.Invoke("Get-IpcMessageQueue -IncludeMessage 1").Failing("IpcUnavailable");

            Assert.Contains(
                "it is longer than kernel.msgmax allows by now",
                answer.ErrorText,
                StringComparison.Ordinal
            );
            Assert.Equal((2L, null), (answer.Queue.MessageCount, answer.Queue.Messages));
        });

    [FactNeeding(Need.Root)]
    public void Removing_one_with_messages_says_how_many_are_lost() =>
        Sandbox.Run(box =>
        {
            PerlIpc.Run(Fill, TestLibc.MakeQueue());
            PerlIpc.Run("msgsnd($ARGV[0], pack('l! a*', 1, 'abc'), 0) or die", TestLibc.MakeQueue());

            box.Invoke("Get-IpcMessageQueue | Remove-IpcMessageQueue").Failing("IpcMayBeInUse", "IpcMayBeInUse");
            var answer = box.Invoke("Get-IpcMessageQueue | Remove-IpcMessageQueue -AllowStale").Clean();

            Assert.Contains(
                "3 unread messages (16003 bytes) went with what was removed.",
                answer.Written,
                StringComparison.Ordinal
            );
            Assert.Empty(box.Invoke("Get-IpcMessageQueue").Clean().Output);
        });

    // The process does nothing else: when it sleeps in that call, it waits.
    private static ActorProcess Blocked(int id, string call)
    {
        var actor = PerlIpc.Start($"ready(); {call}", id);
        var function = call.StartsWith("msgsnd", StringComparison.Ordinal) ? "do_msgsnd" : "do_msgrcv";
        Wait.Until(() => IsIn(actor.Id, function), "it waits");
        return actor;
    }

    private static bool IsIn(int processId, string function) =>
        File.ReadAllText($"/proc/{processId}/wchan").StartsWith(function, StringComparison.Ordinal);
}
