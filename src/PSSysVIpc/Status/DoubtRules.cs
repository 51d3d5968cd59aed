using PSSysVIpc.Ipc;

namespace PSSysVIpc.Status;

/// <summary>Stale: why somebody could still use the object although nobody is known to.</summary>
internal static class DoubtRules
{
    private const int RecentSeconds = 10;
    private const int Shown = 3;
    private const string LookAgain = "look again in 10 seconds";

    private static readonly Reason s_usedJustNow = new("it was used less than 10 seconds ago", LookAgain);
    private static readonly Reason s_changedJustNow = new("it was changed less than 10 seconds ago", LookAgain);

    internal static void AddTo(List<Reason> reasons, Evidence evidence, Operator[] operators, Scene scene)
    {
        reasons.AddRange(scene.Candidates.Describe(evidence));
        AddUntried(scene, reasons);
        AddEverybody(evidence, reasons);
        AddFormerOperators(evidence.Row, operators, scene, reasons);
        AddRecentUse(evidence, scene, reasons);
        AddNarrowView(evidence, scene, reasons);
    }

    private static void AddUntried(Scene scene, List<Reason> reasons)
    {
        if (scene.Processes.Untried is > 0 and var count)
        {
            reasons.Add(new(
                $"{count} processes could not be looked at, as others had used up the time there is for that (10 seconds in all)",
                "look again, and if that doesn't help find out which processes have so many threads or mappings"));
        }
    }

    private static void AddEverybody(Evidence evidence, List<Reason> reasons)
    {
        if (evidence.Row.IsOpenToAll)
            reasons.Add(new($"its mode {IpcMode.Octal(evidence.Row.Mode)} lets every user open it", Reason.FindItsProgram));
    }

    private static void AddFormerOperators(IpcRow row, Operator[] operators, Scene scene, List<Reason> reasons)
    {
        var found = reasons.Count;
        foreach (var last in operators)
        {
            // A set can have tens of thousands of operators. One doubt is enough, a few are told.
            if (reasons.Count - found == Shown)
                return;
            if (last.Process is not { } process)
                continue;
            if (last.Fate == OperatorFate.SecondHand && process.IsAlive && Candidates.MayOpen(process, row))
                reasons.Add(new($"{Wording.Describe(process, scene)} has the number of its last operator, and may open it", processesToStop: 1));
            if (last.Fate == OperatorFate.Zombie && process.ParentId != 1
                && scene.Find(process.ParentId) is { IsAlive: true } parent)
            {
                reasons.Add(new(
                    $"its last operator {last.ProcessId} has ended, but its parent {Wording.Describe(parent, scene)} lives "
                    + "and has not taken note of it yet", processesToStop: 1));
            }
        }
    }

    private static void AddRecentUse(Evidence evidence, Scene scene, List<Reason> reasons)
    {
        var age = scene.Now - evidence.LastTouch;
        var isUse = evidence.LastUse >= evidence.Row.ChangeTime;
        if (age < 0)
            reasons.Add(new($"it was {(isUse ? "used" : "changed")} in the future ({Wording.Time(evidence.LastTouch)}): a clock was set back", "look again after that time"));
        else if (age < RecentSeconds)
            reasons.Add(isUse ? s_usedJustNow : s_changedJustNow);
    }

    private static void AddNarrowView(Evidence evidence, Scene scene, List<Reason> reasons)
    {
        if (!scene.Viewpoint.IsFirstPidNamespace)
        {
            reasons.Add(new(
                "this shell runs in a PID namespace of its own (a container), and a user of it may live outside",
                "look from the machine itself (outside this container)"));
        }
        else if (evidence.LastUse != 0 && evidence.OperatorIds.Length == 0)
        {
            reasons.Add(new(
                "it was used by processes that have no number here: their PID namespace is another", "find out whether that container still runs"));
        }
    }
}
