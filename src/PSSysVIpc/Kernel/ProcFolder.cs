namespace PSSysVIpc.Kernel;

/// <summary>The folders of /proc that have processes, or the threads of one, in them by their numbers.</summary>
internal static class ProcFolder
{
    /// <summary>The numbers in a folder, each with its inode: whoever gets a number anew has another one.</summary>
    /// <returns>None where the folder is gone; null where it can't be read whole.</returns>
    internal static List<(int Id, ulong Inode)>? List(string path)
    {
        var found = new List<(int, ulong)>();
        return Libc.ReadFolder(path, found) switch
        {
            0 => found,
            Errno.ENOENT or Errno.ESRCH => [],
            _ => null,
        };
    }
}
