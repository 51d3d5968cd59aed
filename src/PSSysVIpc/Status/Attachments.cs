using PSSysVIpc.Ipc;
using PSSysVIpc.Processes;

namespace PSSysVIpc.Status;

/// <summary>A process that is attached to an object, and how many times.</summary>
internal readonly record struct Attached(ProcessRecord Process, int Count);

/// <summary>Who is attached to an object, as far as it can be seen.</summary>
/// <param name="Processes">The processes, each once, by their numbers.</param>
/// <param name="Unseen">How many more attachments the kernel counts.</param>
internal sealed record Attachments(IReadOnlyList<Attached> Processes, long Unseen)
{
    /// <param name="facts">The object.</param>
    /// <param name="mappings">What has its id, be it of another IPC namespace.</param>
    /// <param name="host">Where.</param>
    internal static Attachments Of(IpcFacts facts, IEnumerable<SegmentMapping> mappings, HostSnapshot host)
    {
        // One that is marked for removal has lost its key.
        SegmentMapping[] alike = [.. mappings.Where(one => one.Key == facts.Row.Key || facts.IsMarkedForRemoval)];
        var here = Array.FindAll(alike, mapping => !mapping.Process.IsOutside(host.NamespaceId));
        // Where those are as many as the kernel counts, nobody else has it. Else more has to be known of each.
        var found = CountOf(here) == facts.AttachCount ? here : FindOf(facts, alike, host);
        // Another segment of the same id and key was made in the same second.
        if (CountOf(found) > facts.AttachCount)
            found = Array.FindAll(found, mapping => !mapping.Process.IsOutside(host.NamespaceId));
        return new(
            [
                .. found
                    .GroupBy(mapping => mapping.Process)
                    .Select(one => new Attached(one.Key, one.Count()))
                    .OrderBy(one => one.Process.Id),
            ],
            Math.Max(0, facts.AttachCount - CountOf(found))
        );
    }

    private static int CountOf(SegmentMapping[] mappings) => mappings.Count(mapping => !mapping.IsShared);

    // A process can have as many as it likes: of the same id and key, those are of one segment.
    private static SegmentMapping[] FindOf(IpcFacts facts, SegmentMapping[] mappings, HostSnapshot host) =>
        [
            .. mappings
                .GroupBy(mapping => (mapping.Process, mapping.Key))
                .Where(some => IsOf(facts, some.First(), host))
                .SelectMany(some => some),
        ];

    // Ids and keys are the same in many namespaces. Whoever is in this one is mostly attached here, but may have come
    // from another; whoever is in another may have left this one, and is still attached. When the mapped segment was
    // made tells them apart: it is the time of the last change, unless that came later.
    private static bool IsOf(IpcFacts facts, SegmentMapping mapping, HostSnapshot host)
    {
        var isOutside = mapping.Process.IsOutside(host.NamespaceId);
        if (host.Looks.BirthOf(mapping) is not { } birth)
            return !isOutside;
        // The clock of files lags behind by a few milliseconds (current_time in fs/inode.c).
        return birth <= facts.Row.ChangeTime && (!isOutside || facts.Row.ChangeTime - birth <= 1);
    }
}
