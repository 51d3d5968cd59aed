using System.Diagnostics;
using Microsoft.Win32.SafeHandles;

namespace PSSysVIpc.Native;

/// <summary>
/// A folder that one run at a time holds (flock(2)). It leaves no lock file behind, and ends with the process,
/// however that ends. It keeps out nobody who doesn't ask for it.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(10);

    private FolderLock(SafeFileHandle folder) => Folder = folder;

    /// <summary>The open folder.</summary>
    internal SafeFileHandle Folder { get; }

    /// <summary>Takes it, or gives up.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="patience">How long to wait for another who has it.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <param name="errno">Why not: EAGAIN where another has it still.</param>
    /// <returns>Null where it can't be had.</returns>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    internal static FolderLock? Take(string path, TimeSpan patience, CancellationToken stop, out int errno)
    {
        // With the slash nothing but a folder can be opened: not a pipe, where opening would wait.
        var folder = Libc.Open(path + "/");
        if (folder.IsInvalid)
        {
            errno = Libc.LastError;
            return null;
        }

        var clock = Stopwatch.StartNew();
        while (
            (errno = Libc.Lock(folder)) is Errno.EAGAIN or Errno.EINTR
            && clock.Elapsed < patience
            && !stop.IsCancellationRequested
        )
            Thread.Sleep(s_pause);
        if (errno == 0)
            return new FolderLock(folder);
        folder.Dispose();
        stop.ThrowIfCancellationRequested();
        return null;
    }

    public void Dispose() => Folder.Dispose();
}
