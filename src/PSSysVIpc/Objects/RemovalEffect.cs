namespace PSSysVIpc;

/// <summary>
/// What the removal of objects does beside that they are gone. Sums end at the largest number there is.
/// </summary>
/// <param name="Kept">How many are only marked for removal, as processes are attached to them.</param>
/// <param name="FreedKeys">How many of those had a key.</param>
/// <param name="Messages">How many unread messages are lost.</param>
/// <param name="Bytes">How many bytes those have.</param>
internal readonly record struct RemovalEffect(long Kept, long FreedKeys, long Messages, long Bytes)
{
    public static RemovalEffect operator +(RemovalEffect one, RemovalEffect other) =>
        new(
            Add(one.Kept, other.Kept),
            Add(one.FreedKeys, other.FreedKeys),
            Add(one.Messages, other.Messages),
            Add(one.Bytes, other.Bytes)
        );

    private static long Add(long one, long other) => (long)Int128.Min((Int128)one + other, long.MaxValue);
}
