using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Shell;

/// <summary>
/// A folder for one run of the shell, its home and its place for temporary files: the engine's sockets of a shell
/// that was killed go with it.
/// </summary>
internal sealed class ShellFolder : IDisposable
{
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Open = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private const UnixFileMode Everybodys = Open | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    internal ShellFolder() => File.SetUnixFileMode(Root, Everybodys);

    internal string Root { get; } = Directory.CreateTempSubdirectory("ipcsh-").FullName;

    /// <summary>
    /// Copies the shell and the module, laid out as the build does, to where every user can read them: a checkout
    /// may be its owner's alone.
    /// </summary>
    /// <returns>The copied shell.</returns>
    internal string CopyShell()
    {
        Copy(Path.GetDirectoryName(ModuleFolder.Shell)!);
        Copy(ModuleFolder.Folder);
        return Path.Combine(Root, Path.GetRelativePath(ModuleFolder.Root, ModuleFolder.Shell));
    }

    /// <summary>Writes a script into it.</summary>
    /// <returns>Its path.</returns>
    internal string AddScript(string text)
    {
        var path = Path.Combine(Root, "test.ps1");
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private void Copy(string source)
    {
        foreach (var file in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(Root, Path.GetRelativePath(ModuleFolder.Root, file));
            MakeFolder(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
            File.SetUnixFileMode(target, Readable);
        }
    }

    // CreateDirectory heeds the umask, which may be strict.
    private static void MakeFolder(string path)
    {
        if (Directory.Exists(path))
            return;
        MakeFolder(Path.GetDirectoryName(path)!);
        Directory.CreateDirectory(path);
        File.SetUnixFileMode(path, Open);
    }
}
