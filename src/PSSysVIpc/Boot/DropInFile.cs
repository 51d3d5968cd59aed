using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using PSSysVIpc.Native;

namespace PSSysVIpc.Boot;

/// <summary>
/// Our file of /etc/sysctl.d on the disk. A change is written beside it and takes its place whole: whatever happens,
/// the old file is there or the new one.
/// </summary>
internal sealed class DropInFile
{
    /// <summary>Where it lies.</summary>
    internal const string Path = $"{Folder}/60-pssysvipc.conf";

    /// <summary>The folder that it lies in.</summary>
    internal const string Folder = "/etc/sysctl.d";

    // No reader takes it for a file of settings, nor an editor for its own. One name is enough: only who holds the lock
    // makes the file, so one that is there was left by a run that died.
    private const string TemporaryPath = $"{Folder}/.60-pssysvipc.conf.new";

    // Far beyond what anybody has to say about limits.
    private const int LargestFile = 1 << 20;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly string _root;
    private readonly IFileSteps _steps;

    private DropInFile(string root, IFileSteps steps)
    {
        _root = root;
        _steps = steps;
    }

    /// <summary>What it says now; <see cref="DropIn.Empty"/> where there is none.</summary>
    /// <param name="root">The folder that is taken for the machine's root.</param>
    /// <exception cref="PersistFailedException">It can't be read, or what lies there isn't ours.</exception>
    internal static DropIn Read(string root = "") => new DropInFile(root, new FileSteps()).Read();

    /// <summary>Finds out whether it could be changed, and changes nothing.</summary>
    /// <exception cref="PersistFailedException">It couldn't, as far as can be told without trying.</exception>
    internal static void CheckWritable(string root = "")
    {
        var file = new DropInFile(root, new FileSteps());
        file.CheckFolder();
        file.Read();
        var folder = Directory.Exists(root + Folder) ? root + Folder : System.IO.Path.GetDirectoryName(root + Folder)!;
        if (Libc.CheckWritable(folder) is not 0 and var errno)
            throw file.Failed(errno, "Nothing was changed.");
        file.CheckChangeable();
    }

    /// <summary>Changes it, or makes or deletes it, while no other run of ours can.</summary>
    /// <param name="root">The folder that is taken for the machine's root.</param>
    /// <param name="edit">
    /// Makes the new from the present one. Whatever it decides by is to be read in it, and nowhere before: only while
    /// it runs, no other run of ours can change the settings.
    /// </param>
    /// <param name="steps">What touches the disk; null for the real one.</param>
    /// <param name="stop">Ends the wait for another run.</param>
    /// <exception cref="PersistFailedException">It can't be done. What was there is there still.</exception>
    internal static void Change(
        string root,
        Func<DropIn, DropIn> edit,
        IFileSteps? steps = null,
        CancellationToken stop = default
    ) => new DropInFile(root, steps ?? new FileSteps()).Change(edit, stop);

    /// <summary>What it would say after a change that isn't made.</summary>
    /// <exception cref="PersistFailedException">It can't be read, or can't be changed so.</exception>
    internal static DropIn Preview(string root, Func<DropIn, DropIn> edit)
    {
        var file = new DropInFile(root, new FileSteps());
        return file.Edit(file.Read(), edit);
    }

    private void Change(Func<DropIn, DropIn> edit, CancellationToken stop)
    {
        CheckFolder();
        var isMissing = !Directory.Exists(_root + Folder);
        if (isMissing && Edit(DropIn.Empty, edit).IsEmpty)
            return;
        if (isMissing && _steps.CreateFolder(_root + Folder) is not (0 or Errno.EEXIST) and var errno)
            throw Failed(errno, "No file was made.");
        // An admin may have made the folder a link: it is the readers' folder all the same.
        using var folder = FolderLock.Take(_root + Folder, s_patience, stop, out errno);
        if (errno == Errno.EAGAIN)
            throw Failed(
                $"another process has locked {_root}{Folder} for {s_patience.TotalSeconds} seconds. Nothing was "
                    + "changed. lslocks shows who it is"
            );
        if (folder is null)
            throw Failed(errno, "Nothing was changed.");

        var old = Read();
        var changed = Edit(old, edit);
        errno = _steps.Delete(_root + TemporaryPath);
        if (changed.Content == old.Content)
            return;
        CheckChangeable();
        if (errno is 0 or Errno.ENOENT)
            errno = changed.IsEmpty
                ? _steps.Delete(_root + Path)
                : Replace(Encoding.Latin1.GetBytes(changed.Content), isNew: old.IsEmpty);
        if (errno != 0)
            throw Failed(errno, old.IsEmpty ? "No file was made." : "The file is as it was.");
        errno = _steps.Sync(folder.Folder);
        if (errno != 0)
            throw Failed(errno, "The file has changed, but the disk may not keep that.");
    }

    private DropIn Edit(DropIn present, Func<DropIn, DropIn> edit)
    {
        try
        {
            return edit(present);
        }
        catch (FormatException e)
        {
            throw Failed(e.Message);
        }
    }

    private void CheckChangeable()
    {
        foreach (var path in new[] { _root + Folder, _root + Path })
        {
            using var opened = Libc.Open(path);
            if (!opened.IsInvalid && Libc.Stat(opened, out var facts) == 0 && facts.IsUnchangeable)
                throw Failed($"{path} is immutable or append-only (lsattr shows it). Nothing was changed");
        }
    }

    // What is no folder, a link to nothing for one, no reader looks into, and nothing can be made in it.
    private void CheckFolder()
    {
        var folder = new FileInfo(_root + Folder);
        if (Directory.Exists(_root + Folder) || (!folder.Exists && folder.LinkTarget is null))
            return;
        var what = folder.LinkTarget is { } target ? $"is a link to {target}, which is no folder" : "is no folder";
        throw Failed($"{_root}{Folder} {what}. Nothing was changed");
    }

    private int Replace(byte[] content, bool isNew)
    {
        var temporary = _root + TemporaryPath;
        var errno = _steps.Create(temporary, out var file);
        if (errno != 0)
            return errno;
        using (file)
        {
            errno = _steps.Write(file, content);
            if (errno == 0)
                errno = isNew ? _steps.MakeReadable(file) : MakeLikeOld(file, temporary);
            if (errno == 0)
                errno = _steps.Sync(file);
        }

        if (errno == 0)
            errno = _steps.Rename(temporary, _root + Path);
        if (errno != 0)
            _steps.Delete(temporary);
        return errno;
    }

    private int MakeLikeOld(SafeFileHandle file, string temporary)
    {
        var errno = _steps.MakeLike(file, _root + Path);
        if (errno == 0)
            return 0;
        _steps.Delete(temporary);
        throw Failed(errno, "Its owner, mode, ACL and attributes can't be kept. The file is as it was.");
    }

    private DropIn Read()
    {
        var path = _root + Path;
        var errno = Libc.OpenRegularFile(path, out _, out var opened, followsLink: false);
        if (errno == Errno.ENOENT)
            return DropIn.Empty;
        if (errno != 0)
            throw Failed(errno, "The file there can't be read, and was left alone.");
        if (opened is null)
            throw NotOurs(
                new FileInfo(path).LinkTarget is { } target ? $"is a link to {target}" : "is no regular file"
            );
        using var file = new FileStream(opened, FileAccess.Read);
        if (file.Length > LargestFile)
            throw NotOurs("is too large");
        using var content = new MemoryStream();
        try
        {
            file.CopyTo(content);
        }
        catch (IOException e)
        {
            throw Failed($"{e.Message} The file there can't be read, and was left alone");
        }

        // One that is empty is somebody's, too: it hides a file of that name in another folder from the readers.
        var present = new DropIn(Encoding.Latin1.GetString(content.ToArray()));
        return present.IsOurs
            ? present
            : throw NotOurs(present.IsEmpty ? "is empty" : "has another first line than this module's file");
    }

    private PersistFailedException NotOurs(string why) =>
        Failed(
            $"what is there {why}, so it isn't this module's and was left alone. Look at it, and move it away if "
                + "nobody needs it"
        );

    private PersistFailedException Failed(int errno, string state)
    {
        var advice =
            Errno.IsDenied(errno) && Libc.EffectiveUserId() != 0 ? " Root can do this."
            : Errno.IsFull(errno) ? " Make room there, and try again."
            : "";
        return Failed($"{Marshal.GetPInvokeErrorMessage(errno)}. {state}{advice}".TrimEnd('.'));
    }

    private PersistFailedException Failed(string why) =>
        new($"The settings for the next boot in {_root}{Path} can't be changed: {why}.", _root + Path);
}
