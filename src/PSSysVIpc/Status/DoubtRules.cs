using System.Globalization;
using PSSysVIpc.Kernel;

namespace PSSysVIpc.Status;

/// <summary>Stale: why somebody could still use the object although nobody is known to.</summary>
internal static class DoubtRules
{
    private const int RecentSeconds = 10;
    private const int Shown = 3;

    internal static void AddTo(List<string> reasons, Evidence evidence, Operator[] operators, Scene scene)
    {
        reasons.AddRange(scene.Candidates.Describe(evidence.Row));
        AddEverybody(evidence, reasons);
        AddFormerOperators(evidence.Row, operators, scene, reasons);
        AddRecentUse(evidence, scene, reasons);
        AddNarrowView(evidence, scene, reasons);
    }

    private static void AddEverybody(Evidence evidence, List<string> reasons)
    {
        if (evidence.Row.IsOpenToAll)
            reasons.Add($"its mode {IpcMode.Octal(evidence.Row.Mode)} lets every user open it");
    }

    private static void AddFormerOperators(IpcRow row, Operator[] operators, Scene scene, List<string> reasons)
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
                reasons.Add($"{Wording.Describe(process, scene)} has the number of its last operator, and may open it");
            if (last.Fate == OperatorFate.Zombie && process.ParentId != 1
                && scene.Find(process.ParentId) is { IsAlive: true } parent)
            {
                reasons.Add($"its last operator {last.ProcessId} has ended, but its parent {Wording.Describe(parent, scene)} lives "
                    + "and has not taken note of it yet");
            }
        }
    }

    private static void AddRecentUse(Evidence evidence, Scene scene, List<string> reasons)
    {
        var age = scene.Now - evidence.LastTouch;
        var what = evidence.LastUse >= evidence.Row.ChangeTime ? "used" : "changed";
        if (age < 0)
            reasons.Add($"it was {what} in the future ({Wording.Time(evidence.LastTouch)}): a clock was set back");
        else if (age < RecentSeconds)
            reasons.Add(string.Create(CultureInfo.InvariantCulture, $"it was {what} less than {RecentSeconds} seconds ago"));
    }

    private static void AddNarrowView(Evidence evidence, Scene scene, List<string> reasons)
    {
        if (!scene.Viewpoint.IsFirstPidNamespace)
            reasons.Add("this shell runs in a PID namespace of its own (a container), and a user of it may live outside");
        else if (evidence.LastUse != 0 && evidence.OperatorIds.Length == 0)
            reasons.Add("it was used by processes that have no number here: their PID namespace is another");
    }
}
