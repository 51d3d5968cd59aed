using System.Management.Automation;

namespace PSSysVIpc.Commands;

/// <summary>Compares what was read with what is there now.</summary>
internal static class IpcIdentity
{
    // Where the object is from comes first: it is the better explanation when the rest differs too.
    private static readonly IdentityProperty[] s_properties =
    [
        IdentityProperty.Guid(nameof(IpcObject.BootId)),
        IdentityProperty.Number(nameof(IpcObject.NamespaceId)),
        IdentityProperty.Key(nameof(IpcObject.Key)),
        IdentityProperty.Number(nameof(IpcObject.CreatorId)),
        IdentityProperty.Text(nameof(IpcObject.Creator)),
        IdentityProperty.Number(nameof(IpcObject.CreatorGroupId)),
        IdentityProperty.Text(nameof(IpcObject.CreatorGroup)),
        IdentityProperty.Number(nameof(IpcObject.OwnerId)),
        IdentityProperty.Text(nameof(IpcObject.Owner)),
        IdentityProperty.Number(nameof(IpcObject.GroupId)),
        IdentityProperty.Text(nameof(IpcObject.Group)),
        IdentityProperty.Text(nameof(IpcObject.Mode)),
        IdentityProperty.Number(nameof(IpcSemaphoreSet.Count)),
        IdentityProperty.Time(nameof(IpcObject.ChangeTime)),
        IdentityProperty.Time(nameof(IpcSemaphoreSet.LastOperationTime)),
    ];

    /// <summary>
    /// Says in words how an object differs from what was read: the first identity property that the record carries
    /// and that is not the same now, or a content that changed within a second, or an Orphaned that no longer holds.
    /// </summary>
    /// <param name="read">A live object of ours, or a record that has travelled. What it doesn't carry is not compared.</param>
    /// <param name="now">What is there now.</param>
    /// <returns>Null where nothing differs.</returns>
    internal static string? Difference(PSObject read, IpcObject now)
    {
        var current = PSObject.AsPSObject(now);
        foreach (var property in s_properties)
        {
            if (read.Properties[property.Name] is not { } carried || current.Properties[property.Name] is not { } actual)
                continue;
            var before = property.Read(carried.Value);
            var after = property.Read(actual.Value);
            if (!Equals(before, after))
                return $"its {property.Name} was {Show(property, before, carried.Value)} and is {Show(property, after, actual.Value)}";
        }

        if (read.BaseObject is IpcObject live && !now.HasSameContent(live))
            return "its content was changed, or another process used it";
        return read.Properties[nameof(IpcObject.Status)]?.Value is { } status
            && status.ToString() == IpcStatus.Orphaned && now.Status != IpcStatus.Orphaned
            ? $"it was Orphaned and is {now.Status}: {now.StatusReason}"
            : null;
    }

    private static string Show(IdentityProperty property, object? value, object? raw) =>
        value is null ? WholeNumber.Show(raw) : property.Show(value);
}
