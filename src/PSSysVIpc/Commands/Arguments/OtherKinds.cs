using System.Management.Automation;
using System.Reflection;

namespace PSSysVIpc.Commands;

/// <summary>
/// Tells records of other kinds of objects by what they carry: a row of a CSV file doesn't say what it is of, and ids
/// and keys are the same in all kinds.
/// </summary>
internal static class OtherKinds
{
    private static readonly Type[] s_types =
    [
        .. typeof(IpcObject).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(IpcObject))),
    ];

    /// <summary>A property that objects of another kind have, and those of a kind don't.</summary>
    /// <param name="own">The kind.</param>
    /// <param name="record">What may be a record of another.</param>
    /// <returns>Its name; null where it carries none.</returns>
    internal static string? PropertyIn(PSObject record, Type own) =>
        record
            .Properties.Select(property => property.Name)
            .FirstOrDefault(name => !Has(own, name) && Array.Exists(s_types, type => Has(type, name)));

    private static bool Has(Type type, string name) =>
        type.GetProperty(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase) is not null;
}
