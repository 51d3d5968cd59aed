using PSSysVIpc.Accounts;
using PSSysVIpc.Ipc;
using PSSysVIpc.Kinds;
using PSSysVIpc.Native;
using PSSysVIpc.Processes;
using PSSysVIpc.Status;

namespace PSSysVIpc.Tests.Support;

/// <summary>
/// The verdict on real objects and real processes with the clock put forward, so that not every test waits out the 10
/// seconds.
/// </summary>
internal static class Judging
{
    private static readonly TimeSpan s_later = TimeSpan.FromSeconds(15);

    /// <summary>One that was never set: that of the machine that the tests run on may have been.</summary>
    internal static ClockSteps SteadyClock => new(bootTime: null);

    /// <summary>
    /// How a set of this thread's namespace would be judged 15 seconds from now if nothing happened until then.
    /// </summary>
    /// <param name="id">The set.</param>
    /// <param name="scanner">What reads the processes; null for one like that of the cmdlets.</param>
    internal static Verdict JudgeLater(int id, ProcessScanner? scanner = null) =>
        JudgeLater<IpcSemaphoreSet>(id, scanner);

    /// <summary>The same of an object of any kind.</summary>
    /// <typeparam name="TObject">What the cmdlets of its kind return.</typeparam>
    internal static Verdict JudgeLater<TObject>(int id, ProcessScanner? scanner = null)
        where TObject : IpcObject
    {
        var kernel = IpcKernel.OpenCurrent();
        return new StatusJudge(HostLater(scanner ?? new ProcessScanner())).Judge(Facts<TObject>(kernel, id));
    }

    /// <summary>The same a day from now: nothing is left of the doubt that a key gives rise to.</summary>
    internal static Verdict JudgeTomorrow(int id) => JudgeTomorrow<IpcSemaphoreSet>(id);

    /// <summary>The same of an object of any kind.</summary>
    /// <typeparam name="TObject">What the cmdlets of its kind return.</typeparam>
    internal static Verdict JudgeTomorrow<TObject>(int id)
        where TObject : IpcObject
    {
        var kernel = IpcKernel.OpenCurrent();
        var scanner = new ProcessScanner { Clock = SteadyClock };
        var host = HostLater(scanner) with { Time = new LaterClock(TimeSpan.FromDays(1)) };
        return new StatusJudge(host).Judge(Facts<TObject>(kernel, id));
    }

    /// <summary>What the kernel says of a set now.</summary>
    internal static SemaphoreFacts Facts(IpcKernel kernel, int id) =>
        (SemaphoreFacts)Facts<IpcSemaphoreSet>(kernel, id);

    /// <summary>What it says of an object of any kind.</summary>
    /// <typeparam name="TObject">What the cmdlets of its kind return.</typeparam>
    internal static IpcFacts Facts<TObject>(IpcKernel kernel, int id)
        where TObject : IpcObject
    {
        var kind = IpcKinds.Of<TObject>(kernel);
        return kind.ReadFacts(kind.Find(id, TimeSpan.Zero)!, TimeSpan.Zero)!;
    }

    internal static HostSnapshot HostLater(ProcessScanner scanner) =>
        Host(scanner, scanner.Scan(), new AccountNames()) with
        {
            Time = new LaterClock(s_later),
        };

    /// <summary>A picture of this host as it is seen from this thread's namespace.</summary>
    internal static HostSnapshot Host(ProcessScanner scanner, ProcessTable processes, AccountNames names) =>
        new()
        {
            Processes = processes,
            Viewpoint = scanner.Viewpoint,
            Clock = scanner.Clock,
            NamespaceId = NamespaceLink.Read("/proc/thread-self/ns/ipc")!.Value,
            Owners = NamespaceLink.ReadOwners("/proc/thread-self/ns/ipc"),
            Names = names,
            Looks = scanner,
        };

    private sealed class LaterClock(TimeSpan later) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + later;
    }
}
