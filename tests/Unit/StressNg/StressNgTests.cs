using PSSysVIpc.Tests.Apache;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.StressNg;

/// <summary>Objects that come, are used and go faster than anybody can look at them.</summary>
public class StressNgTests
{
    private const int Looks = 20;

    [FactNeeding(Need.Root | Need.UtilLinux | Need.StressNg)]
    public void Beside_a_busy_stress_ng_nothing_of_it_is_removed_and_it_succeeds() =>
        Sandbox.Run(box =>
        {
            using var folder = new TempFolder();
            using var stress = new StressRun(folder, FreshIds.Next());
            WaitUntilBusy(box, stress);
            for (var look = 0; look < Looks; look++)
            {
                Assert.Empty(Remove(box, "IpcSharedMemory", "").Segments);
                Assert.Empty(Remove(box, "IpcMessageQueue", "").Queues);
            }

            Assert.True(stress.IsRunning);
            var (code, said) = stress.Finish();
            Assert.True(code == 0, said);
            Assert.Contains("successful run completed", said, StringComparison.Ordinal);
        });

    [FactNeeding(Need.Root | Need.UtilLinux | Need.StressNg)]
    public void With_AllowStale_nothing_goes_that_was_attached_or_waited_on_and_no_last_sender_loses_its_queue() =>
        Sandbox.Run(box =>
        {
            using var folder = new TempFolder();
            using var stress = new StressRun(folder, FreshIds.Next());
            WaitUntilBusy(box, stress);
            var removed = 0;
            for (var look = 0; look < Looks; look++)
            {
                var segments = Remove(box, "IpcSharedMemory", "-AllowStale").Segments;
                Assert.All(segments, segment => Assert.Equal((0L, "Stale"), (segment.AttachCount, segment.Status)));
                var queues = Remove(box, "IpcMessageQueue", "-AllowStale").Queues;
                foreach (var queue in queues)
                {
                    Assert.Equal("Stale", queue.Status);
                    Assert.Empty(queue.WaitingProcesses);
                    Assert.False(queue.LastSender?.IsAlive ?? false);
                    Assert.False(queue.LastReceiver?.IsAlive ?? false);
                }

                removed += segments.Count + queues.Count;
            }

            // Those that it has made only to have many; without them this test would show nothing.
            Assert.True(removed > 0);
            Assert.True(stress.IsRunning, "stress-ng has ended.");
        });

    private static Outcome Remove(Sandbox box, string noun, string switches)
    {
        var outcome = box.Invoke($"Get-{noun} | Remove-{noun} {switches} -PassThru -ErrorAction SilentlyContinue");
        Assert.False(outcome.IsTerminated, outcome.ErrorText);
        return outcome;
    }

    private static void WaitUntilBusy(Sandbox box, StressRun stress) =>
        Wait.Until(
            () =>
            {
                Assert.True(stress.IsRunning, "stress-ng has ended.");
                return box.Invoke("Get-IpcSharedMemory -Status InUse").Output.Count > 0
                    && box.Invoke("Get-IpcMessageQueue -Status InUse").Output.Count > 1;
            },
            "stress-ng uses segments and queues"
        );
}
