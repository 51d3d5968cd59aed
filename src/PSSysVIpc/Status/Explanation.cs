namespace PSSysVIpc.Status;

/// <summary>
/// Why an object has its status. The sentences are written when they are read, as of tens of thousands hardly any is;
/// from what was known when it was judged, so that nothing is looked up for them then.
/// </summary>
internal abstract class Explanation
{
    /// <summary>One of the constants of <see cref="IpcStatus"/>.</summary>
    internal abstract string Status { get; }

    /// <summary>
    /// In whole sentences: the status again, the facts that led to it, and what would settle them.
    /// </summary>
    internal abstract string Text { get; }

    /// <summary>The same without what would settle them: for who has decided already.</summary>
    internal abstract string Grounds { get; }
}
