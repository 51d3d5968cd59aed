using Microsoft.Win32.SafeHandles;

namespace PSSysVIpc.Boot;

/// <summary>
/// The steps by which a file is replaced, so that tests can fail or die at each. All give an errno, which is 0 when the
/// step was done.
/// </summary>
internal interface IFileSteps
{
    /// <summary>Makes a folder that all can read, and waits until the disk has it.</summary>
    int CreateFolder(string path);

    /// <summary>Makes a file that wasn't there, which only its owner can read so far.</summary>
    int Create(string path, out SafeFileHandle file);

    /// <summary>Writes all of its content.</summary>
    int Write(SafeFileHandle file, ReadOnlySpan<byte> content);

    /// <summary>Lets all read it, whatever the umask is.</summary>
    int MakeReadable(SafeFileHandle file);

    /// <summary>Gives it owner, mode, ACL and extended attributes of the file whose place it is to take.</summary>
    int MakeLike(SafeFileHandle file, string path);

    /// <summary>Waits until the disk has a file, or a folder's names.</summary>
    int Sync(SafeFileHandle file);

    /// <summary>Puts a file in another one's place.</summary>
    int Rename(string path, string newPath);

    /// <summary>Deletes a file, or a link.</summary>
    int Delete(string path);
}
