using PSSysVIpc.Processes;
using PSSysVIpc.Status;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Php;

/// <summary>
/// What PHP's functions make has a key, which the script chose, and mode 0666, and stays when the script ends: sets,
/// segments and queues alike.
/// </summary>
public class PhpScriptTests
{
    private const string MakeSet = "$s = sem_get(0x5e1); sem_acquire($s); sem_release($s);";
    private const string MakeSegment = "$m = shm_attach(0x5e2, 10000); shm_put_var($m, 1, 'kept');";
    private const string MakeQueue = "$q = msg_get_queue(0x5e3);";
    private const string Send = "msg_send($q, 3, 'unread', false);";
    private const string Receive = "msg_receive($q, 3, $type, 100, $text, false);";
    private const string LaterRun = "a later run of its program could open it by its key";

    private static readonly string[] s_nouns = ["IpcSemaphore", "IpcSharedMemory", "IpcMessageQueue"];

    [FactNeeding(Need.Root | Need.FirstPidNamespace | Need.UtilLinux | Need.PhpCli)]
    public void While_a_script_lives_what_it_uses_is_InUse_and_none_is_removed() =>
        Sandbox.Run(box =>
        {
            using var php = PhpScript.Start(FreshIds.Next(), MakeSet + MakeSegment + MakeQueue + Send);
            var set = box.Invoke("Get-IpcSemaphore -Key 0x5e1").Clean().Set;
            Assert.Equal(("0666", "InUse"), (set.Mode, set.Status));

            var segment = Assert.Single(box.Invoke("Get-IpcSharedMemory -IncludeProcess").Clean().Segments);
            Assert.Equal((0x5e2u, "0666", "InUse"), (segment.Key, segment.Mode, segment.Status));
            Assert.Equal((10000L, 1L), (segment.Size, segment.AttachCount));
            Assert.Equal($"{php.Id} php8.2", $"{segment.AttachedProcesses}");
            Assert.Contains($"it is attached once, by php8.2 ({php.Id}, ", segment.StatusReason);

            var queue = Assert.Single(box.Invoke("Get-IpcMessageQueue").Clean().Queues);
            Assert.Equal((0x5e3u, "0666", "InUse"), (queue.Key, queue.Mode, queue.Status));
            Assert.Equal((1L, 6L, php.Id), (queue.MessageCount, queue.UsedSize, queue.LastSender!.Id));
            Assert.Contains($"its last sender php8.2 ({php.Id}, ", queue.StatusReason);
            Assert.Contains("it holds 1 message of 6 bytes, which nobody has read", queue.StatusReason);

            foreach (var noun in s_nouns)
            {
                box.Invoke($"Get-{noun} | Remove-{noun} -AllowStale").Failing("IpcInUse");
                Assert.Single(box.Invoke($"Get-{noun}").Clean().Output);
            }
        });

    [FactNeeding(Need.Root | Need.FirstPidNamespace | Need.UtilLinux | Need.PhpCli)]
    public void What_a_living_script_has_made_and_does_not_use_now_is_Stale() =>
        Sandbox.Run(box =>
        {
            using var php = PhpScript.Start(FreshIds.Next(), $"{MakeSegment} shm_detach($m); {MakeQueue}");
            var segment = Assert.Single(box.Invoke("Get-IpcSharedMemory").Clean().Segments);
            Assert.Equal((0L, "Stale"), (segment.AttachCount, segment.Status));
            var verdict = Judging.JudgeTomorrow<IpcSharedMemorySegment>(segment.Id);
            Assert.True(verdict.Status == "Stale", verdict.Reason);
            Assert.Contains($"its creator and last process php8.2 ({php.Id}, ", verdict.Reason);

            var queue = Assert.Single(box.Invoke("Get-IpcMessageQueue").Clean().Queues);
            Assert.Equal((null, null, "Stale"), (queue.LastSender, queue.LastReceiver, queue.Status));
            verdict = Judging.JudgeTomorrow<IpcMessageQueue>(queue.Id);
            Assert.True(verdict.Status == "Stale", verdict.Reason);
            Assert.Contains($"php8.2 ({php.Id}, ", verdict.Reason);
            box.Invoke("Get-IpcSharedMemory | Remove-IpcSharedMemory").Failing("IpcMayBeInUse");
            box.Invoke("Get-IpcMessageQueue | Remove-IpcMessageQueue").Failing("IpcMayBeInUse");
        });

    [FactNeeding(Need.Root | Need.FirstPidNamespace | Need.UtilLinux | Need.PhpCli)]
    public void A_script_that_waits_for_a_message_is_named_with_the_type_and_its_queue_is_InUse() =>
        Sandbox.Run(box =>
        {
            var user = FreshIds.Next();
            using (PhpScript.Start(user, MakeQueue))
            {
                // Only makes the queue.
            }

            using var php = PhpScript.StartBlocking(FreshIds.Next(), MakeQueue + Receive);
            IpcMessageQueue? queue = null;
            Wait.Until(
                () =>
                {
                    queue = Assert.Single(box.Invoke("Get-IpcMessageQueue").Clean().Queues);
                    return queue.WaitingProcesses.Count > 0;
                },
                "php waits for a message"
            );
            Assert.Equal("InUse", queue!.Status);
            Assert.Equal($"{php.Id} php8.2 (receives type 3)", $"{queue.WaitingProcesses}");
            Assert.Contains($"1 process waits on it, php8.2 ({php.Id}, ", queue.StatusReason);
            box.Invoke("Get-IpcMessageQueue | Remove-IpcMessageQueue -AllowStale").Failing("IpcInUse");
        });

    [FactNeeding(Need.Root | Need.FirstPidNamespace | Need.UtilLinux | Need.PhpCli)]
    public void After_kill_9_all_are_Stale_and_a_day_later_Orphaned_but_for_unread_messages() =>
        Sandbox.Run(box =>
        {
            var user = FreshIds.Next();
            using (PhpScript.Start(user, MakeSet + MakeSegment + MakeQueue + Send))
            {
                // It ends with this block.
            }

            var (set, segment, queue) = Ids(box);
            var scanner = new ProcessScanner { Clock = Judging.SteadyClock };
            AssertStale(Judging.JudgeLater(set, scanner), LaterRun);
            AssertStale(Judging.JudgeLater<IpcSharedMemorySegment>(segment, scanner), LaterRun);
            AssertStale(Judging.JudgeLater<IpcMessageQueue>(queue, scanner), LaterRun);
            AssertOrphaned(Judging.JudgeTomorrow(set));
            AssertOrphaned(Judging.JudgeTomorrow<IpcSharedMemorySegment>(segment));
            var unread = Judging.JudgeTomorrow<IpcMessageQueue>(queue);
            AssertStale(unread, "it holds 1 message of 6 bytes, which nobody has read");
            Assert.DoesNotContain(LaterRun, unread.Reason, StringComparison.Ordinal);

            using (PhpScript.Start(user, MakeQueue + Receive))
            {
                // It takes the message.
            }

            AssertOrphaned(Judging.JudgeTomorrow<IpcMessageQueue>(queue));
        });

    [FactNeeding(Need.Root | Need.FirstPidNamespace | Need.UtilLinux | Need.PhpCli)]
    public void Beside_a_script_of_another_user_it_counts_whether_that_can_use_them() =>
        Sandbox.Run(box =>
        {
            using (PhpScript.Start(FreshIds.Next(), MakeSet + MakeSegment + MakeQueue))
            {
                // It ends with this block.
            }

            var (set, segment, queue) = Ids(box);
            // It has OpenSSL loaded, which attaches a segment of its own, but knows no other.
            using (PhpScript.Start(FreshIds.Next(), "", hasFunctions: false))
            {
                AssertOrphaned(Judging.JudgeTomorrow(set));
                AssertOrphaned(Judging.JudgeTomorrow<IpcSharedMemorySegment>(segment));
                AssertOrphaned(Judging.JudgeTomorrow<IpcMessageQueue>(queue));
            }

            using (var php = PhpScript.Start(FreshIds.Next(), ""))
            {
                var could = $"Stale: php8.2 ({php.Id}, ";
                AssertStale(Judging.JudgeTomorrow(set), could);
                AssertStale(Judging.JudgeTomorrow<IpcSharedMemorySegment>(segment), could);
                var verdict = Judging.JudgeTomorrow<IpcMessageQueue>(queue);
                AssertStale(verdict, could);
                AssertStale(
                    verdict,
                    "could be using it: its mode 0666 lets every user open it, it has code that makes"
                );
            }

            AssertOrphaned(Judging.JudgeTomorrow(set));
            AssertOrphaned(Judging.JudgeTomorrow<IpcSharedMemorySegment>(segment));
            AssertOrphaned(Judging.JudgeTomorrow<IpcMessageQueue>(queue));
        });

    [FactNeeding(Need.Root | Need.UtilLinux | Need.PhpCli)]
    public void What_a_killed_script_has_left_is_removed_with_AllowStale_alone_and_the_next_run_makes_it_anew() =>
        Sandbox.Run(box =>
        {
            var user = FreshIds.Next();
            const string code = MakeSet + MakeSegment + MakeQueue + Send;
            using (PhpScript.Start(user, code))
            {
                // It ends with this block.
            }

            foreach (var noun in s_nouns)
            {
                box.Invoke($"Get-{noun} | Remove-{noun}").Failing("IpcMayBeInUse");
                Assert.Single(box.Invoke($"Get-{noun}").Clean().Output);
                var told = box.Invoke($"Get-{noun} | Remove-{noun} -AllowStale -Verbose").Clean().Written;
                Assert.Equal(noun == "IpcMessageQueue", told.Contains("1 unread message", StringComparison.Ordinal));
                Assert.Empty(box.Invoke($"Get-{noun}").Clean().Output);
            }

            using var php = PhpScript.Start(user, code);
            Assert.All(s_nouns, noun => Assert.Equal("InUse", Assert.Single(Objects(box, noun)).Status));
        });

    [FactNeeding(Need.Root | Need.FirstPidNamespace | Need.UtilLinux | Need.PhpCli)]
    public void Of_what_a_killed_script_has_left_Remove_alone_takes_what_has_no_key_and_refuses_the_rest() =>
        Sandbox.Run(box =>
        {
            // Such a queue gets no rights at all: php tries first whether there is one with that key.
            const string withoutKeys =
                "$s = sem_get(0); sem_acquire($s); $m = shm_attach(0, 10000); $q = msg_get_queue(0);";
            using (PhpScript.Start(FreshIds.Next(), $"{withoutKeys} {MakeSet} {MakeSegment} {MakeQueue}"))
            {
                foreach (var noun in s_nouns)
                {
                    var errors = box.Invoke($"Get-{noun} | Remove-{noun}").ErrorIds;
                    Assert.Equal(2, errors.Count);
                    Assert.All(errors, id => Assert.True(id is "IpcInUse" or "IpcMayBeInUse", id));
                }
            }

            Sandbox.WaitOutRecentUse();
            foreach (var noun in s_nouns)
            {
                // On a busy machine there isn't always the time to look at every process.
                Wait.Until(
                    () => Objects(box, noun).All(one => one.Status == (one.Key == 0 ? "Orphaned" : "Stale")),
                    "what has no key is Orphaned"
                );
                Wait.Until(
                    () =>
                    {
                        var errors = box.Invoke($"Get-{noun} | Remove-{noun}").ErrorIds;
                        Assert.All(errors, error => Assert.Equal("IpcMayBeInUse", error));
                        return errors.Count == 1;
                    },
                    "what has no key is removed"
                );
                Assert.NotEqual(0u, Assert.Single(Objects(box, noun)).Key);
                box.Invoke($"Get-{noun} | Remove-{noun} -AllowStale").Clean();
                Assert.Empty(Objects(box, noun));
            }
        });

    private static IpcObject[] Objects(Sandbox box, string noun) =>
        [.. box.Invoke($"Get-{noun}").Clean().Output.Select(one => (IpcObject)one!.BaseObject)];

    private static (int Set, int Segment, int Queue) Ids(Sandbox box) =>
        (
            box.Invoke("Get-IpcSemaphore").Clean().Set.Id,
            Assert.Single(box.Invoke("Get-IpcSharedMemory").Clean().Segments).Id,
            Assert.Single(box.Invoke("Get-IpcMessageQueue").Clean().Queues).Id
        );

    private static void AssertStale(Verdict verdict, string why)
    {
        Assert.True(verdict.Status == "Stale", verdict.Reason);
        Assert.Contains(why, verdict.Reason, StringComparison.Ordinal);
    }

    private static void AssertOrphaned(Verdict verdict) => Assert.True(verdict.Status == "Orphaned", verdict.Reason);
}
