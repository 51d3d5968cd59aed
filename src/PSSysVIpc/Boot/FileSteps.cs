using Microsoft.Win32.SafeHandles;
using PSSysVIpc.Native;

namespace PSSysVIpc.Boot;

/// <summary>The steps as the kernel makes them.</summary>
internal sealed class FileSteps : IFileSteps
{
    private const uint ReadableFile = 0x1a4;
    private const uint ReadableFolder = 0x1ed;

    public int CreateFolder(string path)
    {
        var errno = Libc.CreateFolder(path, ReadableFolder);
        if (errno == 0)
            errno = Open(path, folder => Libc.SetMode(folder, ReadableFolder));
        return errno == 0 ? Open(Path.GetDirectoryName(path)!, Libc.Sync) : errno;
    }

    public int Create(string path, out SafeFileHandle file) => Libc.CreateFile(path, out file);

    public int Write(SafeFileHandle file, ReadOnlySpan<byte> content) => Libc.Write(file, content);

    public int MakeReadable(SafeFileHandle file) => Libc.SetMode(file, ReadableFile);

    public int MakeLike(SafeFileHandle file, string path)
    {
        using var old = Libc.Open(path);
        return old.IsInvalid ? Libc.LastError : Native.FileAttributes.Copy(old, file);
    }

    public int Sync(SafeFileHandle file) => Libc.Sync(file);

    public int Rename(string path, string newPath) => Libc.Rename(path, newPath);

    public int Delete(string path) => Libc.DeleteFile(path);

    private static int Open(string path, Func<SafeFileHandle, int> use)
    {
        using var folder = Libc.Open(path);
        return folder.IsInvalid ? Libc.LastError : use(folder);
    }
}
