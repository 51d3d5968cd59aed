using PSSysVIpc.Ipc;
using PSSysVIpc.Kinds;
using PSSysVIpc.Processes;
using PSSysVIpc.Status;
using PSSysVIpc.Tests.Actor;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Processes;

/// <summary>Processes of some user, and verdicts as if the set had been left long before they began.</summary>
internal static class LateComers
{
    /// <summary>Longer than a process may be younger than a set and still have inherited it; but not by much.</summary>
    private const long Seconds = 65;

    /// <summary>A process of this user, started through other commands, that stays.</summary>
    internal static ActorProcess Start(uint user, params string[] before) =>
        ActorProcess.StartCommand([.. before, .. As(user), "sh", "-c", "echo ready; exec sleep 1000"]);

    internal static string[] As(uint user) => ["setpriv", $"--reuid={user}", $"--regid={user}", "--clear-groups"];

    /// <summary>
    /// The processes that the tests start are below an old one when the tests have run for some seconds.
    /// </summary>
    internal static void WaitUntilTheTestsAreOld()
    {
        using var tests = System.Diagnostics.Process.GetCurrentProcess();
        Wait.Until(() => DateTime.Now - tests.StartTime > TimeSpan.FromSeconds(10), "the tests are old enough");
    }

    /// <summary>How a set of this thread's namespace is judged when it was changed and used last long ago.</summary>
    /// <param name="id">The set.</param>
    /// <param name="clock">How the clock was set meanwhile; null for never.</param>
    internal static Verdict JudgeOld(int id, ClockSteps? clock = null) =>
        Judge(OldFacts(IpcKernel.OpenCurrent(), id), clock ?? Judging.SteadyClock);

    /// <summary>The same when it was changed long ago and used just now.</summary>
    internal static Verdict JudgeUsedSince(int id)
    {
        var old = OldFacts(IpcKernel.OpenCurrent(), id);
        return Judge(
            old with
            {
                Row = old.Set with { OperationTime = old.Set.OperationTime + Seconds },
            },
            Judging.SteadyClock
        );
    }

    private static Verdict Judge(SemaphoreFacts facts, ClockSteps clock) =>
        new StatusJudge(Judging.HostLater(new ProcessScanner { Clock = clock })).Judge(facts);

    /// <summary>What the kernel says of a set, as if it had been changed and used so much earlier.</summary>
    internal static SemaphoreFacts OldFacts(IpcKernel kernel, int id, long seconds = Seconds)
    {
        var now = Judging.Facts(kernel, id);
        var used = now.Set.OperationTime;
        var head = now.Set.Head with { ChangeTime = now.Set.ChangeTime - seconds };
        return now with { Row = new SemaphoreRow(head, now.Set.Count, used == 0 ? 0 : used - seconds) };
    }
}
