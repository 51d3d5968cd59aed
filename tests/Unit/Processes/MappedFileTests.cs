using System.Diagnostics;
using PSSysVIpc.Native;
using PSSysVIpc.Processes;
using PSSysVIpc.Tests.Actor;
using PSSysVIpc.Tests.Apache;
using PSSysVIpc.Tests.Native;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Processes;

/// <summary>
/// Files that a root process has mapped to execute and that are no longer what they were, or never were a program.
/// Whatever they are, a root shell looks at them: it must get an answer, at once, and never "none" where calls can't be
/// ruled out.
/// </summary>
public sealed class MappedFileTests : IDisposable
{
    private const long GiB = 1 << 30;

    private readonly TempFolder _folder = new();
    private readonly string _path;

    public MappedFileTests() => _path = _folder.PathOf("mapped");

    public void Dispose() => _folder.Dispose();

    [FactNeeding(Need.Root)]
    public void A_device_has_no_calls()
    {
        Make("mknod", _path, "c", "1", "5");
        AssertCalls(IpcCalls.None);
    }

    [TheoryNeeding(Need.Root)]
    [InlineData(false, nameof(IpcCalls.None))]
    [InlineData(true, nameof(IpcCalls.Any))]
    public void A_GiB_that_is_a_hole_has_none_and_any_when_it_claims_to_have_symbols(bool hasHeader, string calls)
    {
        File.WriteAllBytes(_path, hasHeader ? ElfFile.Claiming(is64: true, symbols: uint.MaxValue) : []);
        Resize(GiB);
        AssertCalls(Enum.Parse<IpcCalls>(calls));
    }

    [TheoryNeeding(Need.Root)]
    [InlineData("nothing")]
    [InlineData("a pipe")]
    [InlineData("a folder")]
    [InlineData("a link to itself")]
    [InlineData("another file")]
    [InlineData("a file without calls")]
    public void A_file_whose_name_is_gone_or_is_that_of_something_else_has_the_calls_it_has(string successor)
    {
        File.WriteAllBytes(_path, ElfFile.Importing(is64: true, "semop"));
        AssertCalls(
            IpcCalls.Semaphore,
            byName: IpcCalls.Any,
            change: () =>
            {
                File.Delete(_path);
                Succeed(successor, _path);
                // The name that the kernel shows for it now.
                Succeed(successor, $"{_path} (deleted)");
            }
        );
    }

    [TheoryNeeding(Need.Root)]
    [InlineData("map", nameof(IpcCalls.Semaphore))]
    // It can be made executable at any time; what others see changes in is data.
    [InlineData("map-privately", nameof(IpcCalls.Semaphore))]
    [InlineData("map-to-share", nameof(IpcCalls.None))]
    public void What_is_executable_or_private_can_be_program_text(string how, string calls)
    {
        File.WriteAllBytes(_path, ElfFile.Importing(is64: true, "semop"));
        AssertCalls(Enum.Parse<IpcCalls>(calls), how: how);
    }

    [FactNeeding(Need.Root)]
    public void A_file_that_was_cut_while_it_was_mapped_may_have_any()
    {
        File.WriteAllBytes(_path, ElfFile.Importing(is64: true, "semop"));
        AssertCalls(IpcCalls.Any, change: () => Resize(ElfFile.Symbols));
    }

    /// <summary>
    /// Checks what a process can call that maps the file, after something has happened to the file: as root sees it,
    /// and as root does that may not open what others have mapped and has to go by the file's name.
    /// </summary>
    private void AssertCalls(IpcCalls expected, IpcCalls? byName = null, Action? change = null, string how = "map")
    {
        // Without these it has memory with a name and no file, which can't be looked at by name.
        using var actor = ActorProcess.StartCommand([
            "env",
            "DOTNET_EnableWriteXorExecute=0",
            "DOTNET_EnableDiagnostics=0",
            .. ActorProcess.CommandLine(how, _path),
        ]);
        Assert.Contains(_path, File.ReadAllText($"/proc/{actor.Id}/maps"), StringComparison.Ordinal);
        change?.Invoke();
        Assert.Equal(expected, CallsOf(actor.Id, () => { }));
        Assert.Equal(byName ?? expected, CallsOf(actor.Id, TestLibc.DropMappingRights));
    }

    private static IpcCalls? CallsOf(int process, Action prepare)
    {
        // On a thread of its own, which prepare may leave with other rights, and which a reader that hangs would keep.
        var reading = Task.Factory.StartNew(
            () =>
            {
                prepare();
                return Bounded.Run(() => new MappedFiles().CallsOf(process));
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
        Assert.True(reading.Wait(Wait.Patience), "The reader hangs.");
        return reading.Result;
    }

    private static void Succeed(string successor, string path)
    {
        switch (successor)
        {
            case "a pipe":
                Make("mkfifo", path);
                break;
            case "a folder":
                Directory.CreateDirectory(path);
                break;
            case "a link to itself":
                File.CreateSymbolicLink(path, path);
                break;
            case "another file":
                File.WriteAllText(path, "something else");
                break;
            case "a file without calls":
                File.WriteAllBytes(path, ElfFile.Importing(is64: true, "semopen"));
                break;
        }
    }

    private void Resize(long length)
    {
        using var file = File.OpenWrite(_path);
        file.SetLength(length);
    }

    private static void Make(string command, params string[] arguments)
    {
        using var maker = Process.Start(command, arguments);
        maker.WaitForExit();
        Assert.Equal(0, maker.ExitCode);
    }
}
