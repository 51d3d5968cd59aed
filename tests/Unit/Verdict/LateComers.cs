using PSSysVIpc.Kernel;
using PSSysVIpc.Status;
using PSSysVIpc.Tests.Actor;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Verdicts;

/// <summary>Processes of some user, and verdicts as if the set had been left long before they began.</summary>
internal static class LateComers
{
    /// <summary>Longer than a process may be younger than a set and still have inherited it; but not by much.</summary>
    private const long Seconds = 65;

    /// <summary>A process of this user, started through other commands, that stays.</summary>
    internal static ActorProcess Start(uint user, params string[] before) =>
        ActorProcess.StartCommand([.. before, .. As(user), "sh", "-c", "echo ready; exec sleep 1000"]);

    internal static string[] As(uint user) => ["setpriv", $"--reuid={user}", $"--regid={user}", "--clear-groups"];

    /// <summary>How a set of this thread's namespace is judged when it was changed and used last long ago.</summary>
    internal static Verdict JudgeOld(int id) => StatusJudge.Judge(OldEvidence(id), Judging.SceneLater(new ProcessScanner()));

    private static Evidence OldEvidence(int id) => OldObservation(IpcKernel.OpenCurrent(), id).ToEvidence();

    internal static SemaphoreObservation OldObservation(IpcKernel kernel, int id)
    {
        var family = new SemaphoreFamily(kernel);
        var now = (SemaphoreObservation)family.Observe(family.Find(id, TimeSpan.Zero)!, TimeSpan.Zero)!;
        return now with
        {
            Set = now.Set with
            {
                ChangeTime = now.Set.ChangeTime - Seconds,
                OperationTime = now.Set.OperationTime == 0 ? 0 : now.Set.OperationTime - Seconds,
            },
        };
    }
}
