using PSSysVIpc.Ipc;
using PSSysVIpc.Native;
using PSSysVIpc.Processes;

namespace PSSysVIpc.Status;

/// <summary>
/// Why an object of root's is never Orphaned: a process of root always lives. Which of them could be meant, their code
/// says.
/// </summary>
internal sealed class RootsObjects(HostSnapshot host, UsersByCode users)
{
    private const int Shown = 3;

    // DM_COOKIE_MAGIC in libdm/libdm-common.c of LVM: the upper half of the key of each of its semaphore sets.
    private const uint DeviceMapper = 0x0d4d;

    private readonly ReasonCache _reasons = new();

    internal void AddTo(List<Reason> reasons, IpcFacts facts)
    {
        var row = facts.Row;
        if (!Access.IsRoots(row))
            return;
        reasons.Add(_reasons.Of(Describe(facts, out var remedy), remedy));
        if (row.Key >> 16 == DeviceMapper && facts.Calls == IpcCalls.Semaphore)
        {
            reasons.Add(
                _reasons.Of(
                    $"its key {Wording.Key(row.Key)} is that of a device-mapper cookie",
                    "list cookies with dmsetup udevcookies and complete those left over with dmsetup udevcomplete_all"
                )
            );
        }
    }

    private string Describe(IpcFacts facts, out string remedy)
    {
        remedy = Reason.FindItsProgram;
        var row = facts.Row;
        var whose = row.OwnerId == 0 ? "it is root's" : $"its mode {IpcMode.Octal(row.Mode)} lets root's group use it";
        Suspect[] suspects = [.. users.Find(facts)];
        if (suspects.Length == 0)
        {
            var who = row.IsOpenToAll ? "no process" : "no process of root's";
            var present = row.Key == 0 ? " that was there when it was last changed and" : "";
            return $"{whose}: {who}{present} whose code shows such calls runs now; a program that root starts later "
                + "could use it";
        }

        if (Array.Exists(suspects, suspect => users.IsOutOfReach(suspect.Calls)))
        {
            remedy = Reason.LookAsRoot;
            return $"{whose}, and which processes could be using it can't be seen from here";
        }

        var told = suspects.Take(Shown).Select(suspect => Wording.Describe(suspect.Process, host));
        string[] more = suspects.Length > Shown ? [$"{suspects.Length - Shown} more"] : [];
        var codes = suspects.Select(suspect => users.Describe(suspect.Calls)).Distinct();
        return $"{whose}, and {Wording.Enumerate([.. told, .. more])} could be using it: "
            + $"{(suspects.Length == 1 ? "it has" : "they have")} {string.Join(" or ", codes)}";
    }
}
