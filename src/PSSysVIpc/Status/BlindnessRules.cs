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
                + $"{scene.Names.User(view.EffectiveUserId)}. Root, or a user the mode lets read, can tell");
        }

        if (!view.IsProcOurs)
            reasons.Add("other processes can't be seen: /proc belongs to another PID namespace");
        else if (view.HidingOption is { } option)
            reasons.Add($"other users' processes can't be seen: /proc is mounted with {option}. Root can tell");
        else if (scene.Processes.Unreadable > 0)
            reasons.Add($"{scene.Processes.Unreadable} processes can't be read. Root can tell");

        if (view.UnmappedId is { } unmapped && IsUnmapped(row, unmapped))
            reasons.Add($"its owner or creator shows as {unmapped}, a user or group that lies outside this user namespace");
    }

    private static bool IsUnmapped(Kernel.IpcRow row, uint unmapped) =>
        row.OwnerId == unmapped || row.CreatorId == unmapped
        || (row.IsOpenToGroup && (row.GroupId == unmapped || row.CreatorGroupId == unmapped));
}
