using System.Management.Automation;
using PSSysVIpc.Accounts;
using PSSysVIpc.Status;

namespace PSSysVIpc.Commands;

/// <summary>Compares what was read with what is there now, for one kind of object.</summary>
internal sealed class IpcIdentity
{
    // Where the object is from comes first: it is the better explanation when the rest differs too.
    private static readonly IdentityProperty[] s_common =
    [
        IdentityProperty.Guid(nameof(IpcObject.BootId)) with
        {
            Meaning = "it comes from another machine, or from before the last boot: ",
        },
        IdentityProperty.NumberOf(nameof(IpcObject.NamespaceId)) with
        {
            Meaning = "it comes from another IPC namespace: ",
        },
        IdentityProperty.Key(nameof(IpcObject.Key)),
        IdentityProperty.NumberOf(nameof(IpcObject.CreatorId)),
        IdentityProperty.AccountName(nameof(IpcObject.Creator), nameof(IpcObject.CreatorId)),
        IdentityProperty.NumberOf(nameof(IpcObject.CreatorGroupId)),
        IdentityProperty.AccountName(nameof(IpcObject.CreatorGroup), nameof(IpcObject.CreatorGroupId)),
        IdentityProperty.NumberOf(nameof(IpcObject.OwnerId)),
        IdentityProperty.AccountName(nameof(IpcObject.Owner), nameof(IpcObject.OwnerId)),
        IdentityProperty.NumberOf(nameof(IpcObject.GroupId)),
        IdentityProperty.AccountName(nameof(IpcObject.Group), nameof(IpcObject.GroupId)),
        IdentityProperty.Octal(nameof(IpcObject.Mode)),
    ];

    private readonly IdentityProperty[] _properties;
    private readonly int _identityCount;
    private readonly Lazy<Func<IpcObject, IpcObject, bool>[]> _equals;

    /// <param name="type">What the cmdlets return.</param>
    /// <param name="own">Properties of its own that tell one from another.</param>
    /// <param name="activity">Properties that tell whether one was used.</param>
    internal IpcIdentity(Type type, string[] own, string[] activity)
    {
        _properties =
        [
            .. s_common,
            .. Array.ConvertAll(own, Property),
            IdentityProperty.Time(nameof(IpcObject.ChangeTime)),
            .. Array.ConvertAll(activity, Property),
        ];
        _identityCount = _properties.Length - activity.Length;
        // Only what a pipeline brings live needs them.
        _equals = new(() =>
            Array.ConvertAll(_properties, property => LiveProperty.EqualityOf(type.GetProperty(property.Name)!))
        );

        IdentityProperty Property(string name) => IdentityProperty.Of(type.GetProperty(name)!);
    }

    /// <summary>
    /// Says in words how an object differs from what was read: the first identity property that the record carries
    /// and that is not the same now, or a content that changed within a second, or an Orphaned that no longer holds.
    /// </summary>
    /// <param name="read">
    /// A live object of ours, or a record that has travelled. What it doesn't carry is not compared.
    /// </param>
    /// <param name="now">What is there now.</param>
    /// <param name="isBusy">Whether it may have been used in between.</param>
    /// <returns>Null where nothing differs.</returns>
    internal string? Difference(PSObject read, IpcObject now, bool isBusy = false)
    {
        if (read.BaseObject is IpcObject same && same.GetType() == now.GetType() && AreEqual(same, now))
            return OtherDifference(read, now, isBusy);
        foreach (var property in isBusy ? _properties.AsSpan(0, _identityCount) : _properties)
        {
            if (
                !TryGet(read, property.Name, out var carried)
                || !TryGet(now, property.Name, out var actual)
                || WasOutOfReach(property, carried, actual, read, now)
            )
                continue;
            var after = property.Read(actual).First();
            if (!property.Read(carried).Contains(after))
                return $"{property.Meaning}its {property.Name} was {Show(property, carried)} and is "
                    + $"{property.Show(after)}";
        }

        return OtherDifference(read, now, isBusy);
    }

    /// <summary>The status that a record was read with; empty where it doesn't say.</summary>
    internal static string StatusOf(PSObject read)
    {
        if (read.BaseObject is IpcObject live)
            return live.Status;
        return TryGet(read, nameof(IpcObject.Status), out var carried) ? $"{carried}" : "";
    }

    // Of tens of thousands nearly all are equal, and that is seen without a look at each as PowerShell has it.
    private bool AreEqual(IpcObject read, IpcObject now)
    {
        foreach (var equals in _equals.Value)
        {
            if (!equals(read, now))
                return false;
        }

        return true;
    }

    private static string? OtherDifference(PSObject read, IpcObject now, bool isBusy)
    {
        if (!isBusy && read.BaseObject is IpcObject live && !now.HasSameContent(live))
            return "its content was changed, or another process used it";
        return
            StatusOf(read).Equals(IpcStatus.Orphaned, StringComparison.OrdinalIgnoreCase)
            && now.Status != IpcStatus.Orphaned
            ? WasAndIs(IpcStatus.Orphaned, now.StatusReason)
            : null;
    }

    /// <summary>How a message says that a status has changed.</summary>
    /// <param name="status">What it was.</param>
    /// <param name="reason">The sentences that say what it is, and why.</param>
    internal static string WasAndIs(string status, string reason) =>
        $"it was {status}, and now it is {reason.TrimEnd('.')}";

    // A name that could not be looked up in time, then or now: the number stands in its place, and is compared by
    // itself.
    private static bool WasOutOfReach(
        IdentityProperty property,
        object? carried,
        object? actual,
        PSObject read,
        IpcObject now
    ) =>
        property.Number is { } number
        && TryGet(read, number, out _)
        && TryGet(now, number, out var id)
        && (AccountNames.IsNumber($"{carried}", (uint)id!) || AccountNames.IsNumber($"{actual}", (uint)id!));

    /// <summary>Whether a record carries anything that is compared.</summary>
    internal bool IsCarriedBy(PSObject record) =>
        record.Properties[nameof(IpcObject.Status)] is not null
        || Array.Exists(_properties, property => record.Properties[property.Name] is not null);

    /// <summary>A property of a record, which may be a script that fails.</summary>
    /// <exception cref="IpcBadInputException">It can't be read.</exception>
    internal static object? ValueOf(PSPropertyInfo property, PSObject record)
    {
        try
        {
            return property.Value;
        }
        catch (GetValueException e)
        {
            throw new IpcBadInputException(
                $"The property {property.Name} of this record can't be read: {e.Message}",
                record
            );
        }
    }

    // Of our own objects the real property, whatever member a script has laid over it.
    private static bool TryGet(object source, string name, out object? value)
    {
        value = null;
        if (WholeNumber.Unwrap(source) is IpcObject ours)
        {
            var property = ours.GetType().GetProperty(name);
            value = property?.GetValue(ours);
            return property is not null;
        }

        if (source is not PSObject record || record.Properties[name] is not { } carried)
            return false;
        value = ValueOf(carried, record);
        return true;
    }

    private static string Show(IdentityProperty property, object? value) =>
        property.Read(value).FirstOrDefault() is { } read
            ? property.Show(read)
            : $"{WholeNumber.Show(value)}, which is none,";
}
