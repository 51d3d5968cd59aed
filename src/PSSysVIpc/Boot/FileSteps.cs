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

    public int Create(string path, out int descriptor) => Libc.CreateFile(path, out descriptor);

    public int Write(int descriptor, ReadOnlySpan<byte> content) => Libc.Write(descriptor, content);

    public int MakeReadable(int descriptor) => Libc.SetMode(descriptor, ReadableFile);

    public int Sync(int descriptor) => Libc.Sync(descriptor);

    public int Rename(string path, string newPath) => Libc.Rename(path, newPath);

    public int Delete(string path) => Libc.DeleteFile(path);

    private static int Open(string path, Func<int, int> use)
    {
        var descriptor = Libc.OpenForReading(path);
        if (descriptor < 0)
            return Libc.LastError;
        var errno = use(descriptor);
        Libc.Close(descriptor);
        return errno;
    }
}
