namespace PSSysVIpc.Tests.Apache;

/// <summary>
/// A folder of a test's own that any user may read, whatever the umask is, and that goes with the test.
/// </summary>
internal sealed class TempFolder : IDisposable
{
    private const UnixFileMode Readable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Enterable =
        Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pssysvipc-apache-");

    internal TempFolder() => _folder.UnixFileMode = Enterable;

    internal string PathOf(string name) => Path.Combine(_folder.FullName, name);

    internal string AddFolder(string name)
    {
        var folder = _folder.CreateSubdirectory(name);
        folder.UnixFileMode = Enterable;
        return folder.FullName;
    }

    internal string AddFile(string name, string text, bool isProgram = false)
    {
        var path = PathOf(name);
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, isProgram ? Enterable : Readable);
        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
