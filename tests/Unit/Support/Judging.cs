using PSSysVIpc.Accounts;
using PSSysVIpc.Ipc;
using PSSysVIpc.Kinds;
using PSSysVIpc.Native;
using PSSysVIpc.Processes;
using PSSysVIpc.Status;

namespace PSSysVIpc.Tests.Support;

/// <summary>The verdict on real sets and real processes with the clock put forward, so that not every test waits out the 10 seconds.</summary>
internal static class Judging
{
    private static readonly TimeSpan s_later = TimeSpan.FromSeconds(15);

    /// <summary>How a set of this thread's namespace would be judged 15 seconds from now if nothing happened until then.</summary>
    /// <param name="id">The set.</param>
    /// <param name="scanner">What reads the processes; null for one like that of the cmdlets.</param>
    internal static Verdict JudgeLater(int id, ProcessScanner? scanner = null)
    {
        var kernel = IpcKernel.OpenCurrent();
        var family = new SemaphoreFamily(kernel);
        var observation = family.Observe(family.Find(id, TimeSpan.Zero)!, TimeSpan.Zero)!;
        return StatusJudge.Judge(observation.ToEvidence(), SceneLater(scanner ?? new ProcessScanner()));
    }

    internal static Scene SceneLater(ProcessScanner scanner) =>
        new(scanner, scanner.Scan(), NamespaceLink.Read("/proc/thread-self/ns/ipc")!.Value, new AccountNames(), new LaterClock());

    private sealed class LaterClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + s_later;
    }
}
