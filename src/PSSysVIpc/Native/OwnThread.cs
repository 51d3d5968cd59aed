namespace PSSysVIpc.Native;

/// <summary>
/// A thread of the module's. It is in the namespaces of the one that starts it, and has its rights (clone(2)); one of
/// a pool could be anywhere.
/// </summary>
internal static class OwnThread
{
    /// <returns>Null where none can be started: it takes memory, and file descriptors.</returns>
    internal static Thread? TryStart(ThreadStart work)
    {
        var thread = new Thread(work) { IsBackground = true, Name = "PSSysVIpc" };
        try
        {
            thread.UnsafeStart();
            return thread;
        }
        catch (Exception e) when (e is OutOfMemoryException or ThreadStartException)
        {
            return null;
        }
    }
}
