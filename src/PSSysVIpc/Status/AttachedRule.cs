using System.Globalization;
using PSSysVIpc.Ipc;
using PSSysVIpc.Processes;

namespace PSSysVIpc.Status;

/// <summary>
/// InUse: the object is mapped into processes. The kernel counts them, so this needs no look at anybody; who they are,
/// it doesn't say.
/// </summary>
internal sealed class AttachedRule(HostSnapshot host)
{
    internal Reason Describe(IpcFacts facts, Attachments? attachments)
    {
        var text = $"it is attached {Times(facts.AttachCount)}{By(facts, attachments)}";
        // What was removed already says that first.
        if (facts.AttachedFate is { } fate)
            text = facts.IsMarkedForRemoval ? $"{fate}; {text}" : $"{text}; {fate}";
        var whom = attachments is null ? $" (see {facts.WhereAttachedAreTold})" : "";
        return new(text, InUseRules.Remedy + whom, forced: facts.ForcedRemoval ?? "");
    }

    private string By(IpcFacts facts, Attachments? attachments)
    {
        if (attachments is null)
            return "";
        var (processes, unseen) = attachments;
        if (processes.Count == 0)
            return ", by nobody who can be seen from here";
        var missing =
            unseen == 0
                ? ""
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"; {unseen} of {facts.AttachCount} attachments are by processes that can't be seen"
                );
        return $", by {Wording.Some(processes.Select(one => one.Process), processes.Count, host)}{missing}";
    }

    private static string Times(long count) =>
        count switch
        {
            1 => "once",
            2 => "twice",
            _ => string.Create(CultureInfo.InvariantCulture, $"{count} times"),
        };
}
