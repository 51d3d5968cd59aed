using System.Reflection;

namespace PSSysVIpc.Commands;

/// <summary>Compares a property of two live objects by its own type, where reflection would box each value.</summary>
internal static class LiveProperty
{
    /// <param name="property">A property of a class of objects.</param>
    /// <returns>Whether two of that class have the same value there.</returns>
    internal static Func<IpcObject, IpcObject, bool> EqualityOf(PropertyInfo property) =>
        (Func<IpcObject, IpcObject, bool>)
            typeof(LiveProperty)
                .GetMethod(nameof(Make), BindingFlags.Static | BindingFlags.NonPublic)!
                .MakeGenericMethod(property.DeclaringType!, property.PropertyType)
                .Invoke(null, [property])!;

    private static Func<IpcObject, IpcObject, bool> Make<TObject, TValue>(PropertyInfo property)
        where TObject : IpcObject
    {
        var get = property.GetMethod!.CreateDelegate<Func<TObject, TValue>>();
        // A process is the same as long as its number is: its name is gone when it is.
        if (get is Func<TObject, IpcProcess?> process)
            return (one, other) => process((TObject)one)?.Id == process((TObject)other)?.Id;
        return (one, other) => EqualityComparer<TValue>.Default.Equals(get((TObject)one), get((TObject)other));
    }
}
