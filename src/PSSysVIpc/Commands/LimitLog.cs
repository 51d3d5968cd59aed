using PSSysVIpc.Accounts;
using PSSysVIpc.Limits;
using PSSysVIpc.Native;

namespace PSSysVIpc.Commands;

/// <summary>What was done to limits, for the system log.</summary>
internal static class LimitLog
{
    /// <summary>Limits that were set.</summary>
    internal static void WriteSet(IEnumerable<LimitChange> changes, bool force, ulong namespaceId)
    {
        var place = SystemLog.PlaceOf(namespaceId, lead: " ");
        var how = force ? ", with -Force" : "";
        Write(
            changes.Select(change => $"Set {change.Limit.Name} from {change.OldText} to {change.NewText}{place}{how}")
        );
    }

    /// <summary>What our file has now, or has no longer, for the next boot.</summary>
    /// <param name="statements">"/etc/sysctl.d/60-pssysvipc.conf has the line: kernel.shmmni = 4096"</param>
    internal static void Write(IEnumerable<string> statements)
    {
        string[] all = [.. statements];
        if (all.Length == 0 || !SystemLog.IsThere)
            return;
        var caller = Caller.Describe();
        SystemLog.Write(Array.ConvertAll(all, statement => $"{statement}, by {caller}."));
    }
}
