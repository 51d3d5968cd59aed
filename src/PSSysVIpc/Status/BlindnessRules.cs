using PSSysVIpc.Kernel;

namespace PSSysVIpc.Status;

/// <summary>Unknown: what keeps us from seeing whether the object is used.</summary>
internal static class BlindnessRules
{
    internal static void AddTo(List<string> reasons, Evidence evidence, Scene scene)
    {
        var view = scene.Viewpoint;
        var row = evidence.Row;
        if (!evidence.IsReadable)
        {
            reasons.Add($"who uses it can't be read: its mode is {IpcMode.Octal(row.Mode)} and this is user "
                + $"{scene.Names.User(view.EffectiveUserId)}. The machine's root, or a user the mode lets read, can tell");
        }

        if (!view.IsProcOurs)
            reasons.Add("other processes can't be seen: /proc belongs to another PID namespace");
        else if (view.HidingOption is { } option)
            reasons.Add($"other users' processes can't be seen: /proc is mounted with {option}. The machine's root can tell");
        else if (scene.Processes.Unreadable > 0)
            reasons.Add($"{scene.Processes.Unreadable} processes can't be read. The machine's root can tell");

        if (IsUnmapped(row, view))
            reasons.Add("its owner or creator, or a group of theirs, lies outside this user namespace");
    }

    private static bool IsUnmapped(IpcRow row, Viewpoint view) =>
        row.OwnerId == view.UnmappedUserId || row.CreatorId == view.UnmappedUserId
        || (row.IsOpenToGroup && (row.GroupId == view.UnmappedGroupId || row.CreatorGroupId == view.UnmappedGroupId));
}
