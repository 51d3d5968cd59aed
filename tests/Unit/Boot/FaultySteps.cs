using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;
using PSSysVIpc.Boot;

namespace PSSysVIpc.Tests.Boot;

/// <summary>
/// The steps of a process that is killed before or after one of them, so that no others are made; or of one where a
/// single step fails. Writing is two steps, each of one half.
/// </summary>
/// <param name="last">
/// When to be killed: how many times it lives on, with two of them to a step. Or which step fails.
/// </param>
/// <param name="errno">0 to be killed; else what the step fails with.</param>
internal sealed class FaultySteps(int last, int errno = 0) : IFileSteps
{
    private readonly FileSteps _steps = new();
    private int _count;

    /// <summary>Whether it came through all steps.</summary>
    internal bool IsAlive => _count <= last;

    /// <summary>The steps that were made.</summary>
    internal List<string> Made { get; } = [];

    public int CreateFolder(string path) => Make(() => _steps.CreateFolder(path));

    public int Create(string path, out SafeFileHandle file)
    {
        var created = new SafeFileHandle();
        var result = Make(() => _steps.Create(path, out created));
        file = created;
        return result;
    }

    public int Write(SafeFileHandle file, ReadOnlySpan<byte> content)
    {
        var halves = new[] { content[..(content.Length / 2)].ToArray(), content[(content.Length / 2)..].ToArray() };
        var result = Make(() => _steps.Write(file, halves[0]));
        return result == 0 ? Make(() => _steps.Write(file, halves[1])) : result;
    }

    public int MakeReadable(SafeFileHandle file) => Make(() => _steps.MakeReadable(file));

    public int MakeLike(SafeFileHandle file, string path) => Make(() => _steps.MakeLike(file, path));

    public int Sync(SafeFileHandle file) => Make(() => _steps.Sync(file));

    public int Rename(string path, string newPath) => Make(() => _steps.Rename(path, newPath));

    public int Delete(string path) => Make(() => _steps.Delete(path));

    private int Make(Func<int> step, [CallerMemberName] string name = "")
    {
        if (errno != 0 && _count++ == last)
            return errno;
        Live();
        var result = step();
        Made.Add(name);
        Live();
        return result;
    }

    private void Live()
    {
        if (errno == 0 && ++_count > last)
            throw new KilledException();
    }

    internal sealed class KilledException : Exception;
}
