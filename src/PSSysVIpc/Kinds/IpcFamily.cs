using PSSysVIpc.Accounts;
using PSSysVIpc.Ipc;
using PSSysVIpc.Status;

namespace PSSysVIpc.Kinds;

/// <summary>
/// One kind of IPC object in one IPC namespace: what differs between semaphore sets, shared memory and message
/// queues. Selection, status, identity and error rules are written once, on top of this.
/// </summary>
internal abstract class IpcFamily
{
    private protected IpcFamily(IpcKernel kernel) => Kernel = kernel;

    internal IpcKernel Kernel { get; }

    /// <summary>What it is called in a sentence: "semaphore set".</summary>
    internal abstract string Noun { get; }

    /// <summary>All objects, by rising id.</summary>
    internal abstract IEnumerable<IpcRow> ReadTable();

    /// <summary>One object as it is now; null when it isn't there.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="maximumAge">How old the answer may be where only the whole table tells.</param>
    internal abstract IpcRow? Find(int id, TimeSpan maximumAge);

    /// <summary>Reads what the table doesn't tell; null when the object is gone meanwhile.</summary>
    /// <param name="row">The object.</param>
    /// <param name="maximumAge">As for <see cref="Find"/>: the row is read again with the rest.</param>
    internal abstract Observation? Observe(IpcRow row, TimeSpan maximumAge);

    /// <summary>Removes it at once.</summary>
    /// <returns>0, or the errno.</returns>
    internal abstract int Remove(int id);
}

/// <summary>The same with what is made of an object.</summary>
/// <typeparam name="TObject">What the cmdlets return.</typeparam>
internal abstract class IpcFamily<TObject> : IpcFamily
    where TObject : IpcObject
{
    private protected IpcFamily(IpcKernel kernel)
        : base(kernel)
    {
    }

    /// <summary>The snapshot that cmdlets return.</summary>
    internal abstract TObject Describe(Observation observation, Verdict verdict, AccountNames names);
}
