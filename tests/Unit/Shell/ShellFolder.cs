using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Shell;

/// <summary>
/// A folder for one run of the shell, its home and its place for temporary files: the engine's sockets of a shell
/// that was killed go with it.
/// </summary>
internal sealed class ShellFolder : IDisposable
{
    private const UnixFileMode Readable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Open =
        Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private const UnixFileMode Everybodys = Open | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    internal ShellFolder() => File.SetUnixFileMode(Root, Everybodys);

    internal string Root { get; } = Directory.CreateTempSubdirectory("pssysvipc-shell-").FullName;

    /// <summary>
    /// Copies the module to where every user can read it, as a checkout may be its owner's alone, and makes an empty
    /// folder beside it to mount the folder of pwsh on, which is too large to be copied again and again.
    /// </summary>
    /// <returns>The empty folder.</returns>
    internal string AddModule()
    {
        foreach (var file in Directory.GetFiles(ModuleFolder.Folder, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(Root, Path.GetRelativePath(ModuleFolder.Root, file));
            MakeFolder(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
            File.SetUnixFileMode(target, Readable);
        }

        var folder = Path.Combine(Root, Path.GetRelativePath(ModuleFolder.Root, ModuleFolder.Pwsh));
        MakeFolder(folder);
        return folder;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

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
