using PSSysVIpc.Native;
using PSSysVIpc.Tests.Scenes;
using static PSSysVIpc.Tests.Scenes.Scene;

namespace PSSysVIpc.Tests.Status.Rules;

/// <summary>
/// What is known of a queue: its messages, who sent and received last, and who waits, as far as seen.
/// </summary>
public class QueueTests
{
    private const int Sender = 4001;
    private const int Receiver = 4002;

    [Fact]
    public void Its_last_sender_or_receiver_that_lives_uses_it()
    {
        var host = Host(Process(Sender).As(Stranger));
        Expect.InUse(Queue().SentBy(Sender), host, "its last sender p4001 (4001, 1900000009, since ");
        Expect.InUse(Queue().ReceivedBy(Sender), host, "its last receiver p4001");
        Expect.InUse(Queue().SentBy(Sender).ReceivedBy(Sender), host, "its last sender and receiver p4001");
    }

    [Fact]
    public void Each_counts_up_to_when_it_did_so()
    {
        var queue = Queue().SentBy(Sender, secondsAgo: 3_000).ReceivedBy(Receiver, secondsAgo: 2_000);
        Expect.Orphaned(queue, Host(Process(Sender).Started(2_500)));
        Expect.InUse(queue, Host(Process(Receiver).Started(2_500)), "its last receiver");
    }

    [Fact]
    public void Who_waits_uses_it_though_the_kernel_counts_nobody() =>
        Expect.InUse(Queue(), Host(Process(5).As(Owner)).WithWaiters(5), "1 process waits on it, p5 (5, 1900000001, ");

    // The kernel doesn't count them, so nothing else would tell; of a set it does.
    [Fact]
    public void Whoever_may_wait_for_all_that_could_be_found_out_leaves_it_unknown()
    {
        var host = Host().WithUnseenWaiters(2);
        Assert.StartsWith(
            "Unknown: whether 2 processes here wait on it could not be found out in the time there is",
            Judge(Queue(), host).Reason,
            StringComparison.Ordinal
        );
        Expect.Orphaned(Set(), host);
        Expect.Orphaned(Segment(), host);
    }

    [Fact]
    public void Who_waits_in_another_namespace_waits_on_another_queue() =>
        Expect.Orphaned(Queue(), Host(Process(5).InOtherNamespace()).WithWaiters(5));

    [Fact]
    public void Unread_messages_are_a_doubt_that_no_time_settles()
    {
        var old = Queue().SentBy(Sender, secondsAgo: 100 * Day);
        Expect.Stale(old.Holding(3, 120), Host(), "it holds 3 messages of 120 bytes, which nobody has read");
        Expect.Stale(old.Holding(1, 1).WithKey(), Host(), "it holds 1 message of 1 byte, which");
        Expect.Orphaned(old, Host());
    }

    [Fact]
    public void They_hide_nobody_who_could_use_it_and_are_told_where_nobody_can_be_seen() =>
        Assert.All(
            new[]
            {
                Judge(Queue().Holding(1, 1).WithMode(0x1B6), Host(Process(5).Calling(IpcCalls.MessageQueue))).Reason,
                Judge(Queue().Holding(1, 1).WithMode(0x1B6), Host().Unreadable(1)).Reason,
            }.Zip(["p5 (5, 1900000009, ", "Unknown: 1 processes can't be read"]),
            one =>
            {
                Assert.Contains(one.Second, one.First, StringComparison.Ordinal);
                Assert.Contains("it holds 1 message of 1 byte", one.First, StringComparison.Ordinal);
            }
        );

    [Fact]
    public void They_are_told_of_one_in_use_too() =>
        Expect.InUse(
            Queue().SentBy(Sender).Holding(2, 0),
            Host(Process(Sender)),
            "lives; it holds 2 messages of 0 bytes, which nobody has read. Stop who uses it and look at them with "
                + "(Get-IpcMessageQueue 7 -IncludeMessage 10).Messages; -Force removes it under their feet."
        );

    [Fact]
    public void Of_one_that_is_left_behind_both_are_named()
    {
        Expect.Orphaned(
            Queue().SentBy(Sender).ReceivedBy(Receiver),
            Host(),
            "nobody waits on it, its last sender 4001 and its last receiver 4002 have exited, and no process runs as "
        );
        Expect.Orphaned(Queue().SentBy(Sender), Host(), "nobody waits on it, its last sender 4001 has exited, and ");
        Expect.Orphaned(Queue(), Host(), "nobody waits on it, nobody has sent or received a message, and ");
    }

    [Fact]
    public void Without_a_number_here_its_processes_are_in_another_PID_namespace()
    {
        Expect.Stale(Queue().SentBy(0), Host(), "by processes that have no number here");
        Expect.Stale(Queue().SentBy(Sender).ReceivedBy(0), Host(), "by processes that have no number here");
    }

    [Fact]
    public void Whoever_polls_it_is_no_waiter_and_a_candidate_as_for_sets()
    {
        Expect.Stale(Queue(), Host(Process(5).As(Owner)), "could still use it", "before the queue was last changed");
        Expect.Stale(Queue().WithKey(), Host(), "a later run of its program could open it by its key");
    }
}
