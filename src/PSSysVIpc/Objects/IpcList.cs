using System.Collections;

namespace PSSysVIpc;

/// <summary>
/// A read-only list whose text is all its elements, joined with <c>"; "</c>: so a CSV file, a formatted text or a
/// remote session that flattens it keeps the facts.
/// </summary>
/// <typeparam name="T">The elements' type.</typeparam>
public sealed class IpcList<T> : IReadOnlyList<T>
{
    private readonly T[] _items;

    internal IpcList(T[] items) => _items = items;

    /// <summary>How many elements there are.</summary>
    public int Count => _items.Length;

    /// <summary>The element at a position, counted from 0.</summary>
    /// <param name="index">The position.</param>
    public T this[int index] => _items[index];

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();

    /// <summary>All elements' texts, joined with <c>"; "</c>.</summary>
    /// <returns>The text; empty for an empty list.</returns>
    public override string ToString() => string.Join("; ", _items);
}
