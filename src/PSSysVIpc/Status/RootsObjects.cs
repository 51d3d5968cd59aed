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
    // DM_COOKIE_MAGIC in libdm/libdm-common.c of LVM: the upper half of the key of each of its semaphore sets.
    private const uint DeviceMapper = 0x0d4d;

    // Of root's own the mode doesn't matter.
    private readonly Dictionary<(Suspects, IpcCalls, int Found, bool HasKey, int? Mode), Reason> _reasons = [];
    private readonly Dictionary<uint, Reason> _cookies = [];

    internal void AddTo(List<Reason> reasons, IpcFacts facts)
    {
        var row = facts.Row;
        if (!Access.IsRoots(row))
            return;
        var among = users.Of(row);
        var suspects = among.Find(facts.Calls, Access.LatestFamily(row, host));
        // More of the same processes are told where more are old enough.
        var key = (among, facts.Calls, suspects.Length, row.Key != 0, row.OwnerId == 0 ? (int?)null : row.Mode);
        if (!_reasons.TryGetValue(key, out var reason))
            _reasons[key] = reason = Explain(row, suspects);
        reasons.Add(reason);
        if (row.Key >> 16 == DeviceMapper && facts.Calls == IpcCalls.Semaphore)
            reasons.Add(Cookie(row.Key));
    }

    private Reason Explain(IpcRow row, ReadOnlySpan<Suspect> suspects)
    {
        var whose = row.OwnerId == 0 ? "it is root's" : $"its mode {IpcMode.Octal(row.Mode)} lets root's group use it";
        if (suspects.Length == 0)
        {
            var who = row.IsOpenToAll ? "no process" : "no process of root's";
            var present = row.Key == 0 ? " that was there when it was last changed and" : "";
            return new(
                $"{whose}: {who}{present} whose code shows such calls runs now; a program that root starts later could "
                    + "use it",
                Reason.FindItsProgram
            );
        }

        Suspect[] found = [.. suspects];
        if (Array.Exists(found, suspect => users.IsOutOfReach(suspect.Calls)))
            return new($"{whose}, and which processes could be using it can't be seen from here", Reason.LookAsRoot);
        var several = Wording.Some(found.Select(suspect => suspect.Process), found.Length, host);
        var codes = found.Select(suspect => users.Describe(suspect.Calls)).Distinct();
        return new(
            $"{whose}, and {several} could be using it: "
                + $"{(found.Length == 1 ? "it has" : "they have")} {string.Join(" or ", codes)}",
            Reason.FindItsProgram
        );
    }

    private Reason Cookie(uint key) =>
        _cookies.TryGetValue(key, out var known)
            ? known
            : _cookies[key] = new(
                $"its key {Wording.Key(key)} is that of a device-mapper cookie",
                "list cookies with dmsetup udevcookies and complete those left over with dmsetup udevcomplete_all"
            );
}
