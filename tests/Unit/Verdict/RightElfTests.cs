using System.Diagnostics;
using Microsoft.Win32.SafeHandles;
using PSSysVIpc.Kernel;
using PSSysVIpc.Tests.Actor;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Verdicts;

/// <summary>What programs of the machine can call, by their files and as processes.</summary>
public class RightElfTests
{
    private const int FileTypeMask = 0xF000;
    private const int Pipe = 0x1000;
    private const int CharacterDevice = 0x2000;

    [Fact]
    public void Perl_imports_all_kinds_and_the_C_library_that_defines_them_imports_none()
    {
        Assert.Equal(IpcCalls.Any, Read(LibraryFiles.Perl));
        Assert.Equal(IpcCalls.None, Read(LibraryFiles.C));
        Assert.Equal(IpcCalls.None, Read("/bin/sleep"));
    }

    [FactNeeding(Need.Apache)]
    public void The_library_that_Apache_locks_with_imports_those_of_semaphores() =>
        Assert.Equal(IpcCalls.Semaphore, Read(LibraryFiles.Apr!)!.Value & IpcCalls.Semaphore);

    [FactNeeding(Need.Root | Need.Apache)]
    public void A_process_can_call_what_its_libraries_import_even_when_their_files_are_gone()
    {
        using var folder = new Apache.TempFolder();
        var copy = folder.PathOf("library.so");
        File.Copy(LibraryFiles.Apr!, copy);
        using var plain = ActorProcess.StartCommand("sh", "-c", "echo ready; exec sleep 1000");
        using var loaded = ActorProcess.StartCommand("env", $"LD_PRELOAD={copy}", "sh", "-c", "echo ready; exec sleep 1000");
        Wait.Until(() => NameOf(plain) == "sleep" && NameOf(loaded) == "sleep", "they sleep");
        Wait.Until(() => File.ReadAllText($"/proc/{loaded.Id}/maps").Contains(copy, StringComparison.Ordinal), "the library is mapped");

        Assert.Equal(IpcCalls.None, new MappedFiles().CallsOf(plain.Id));
        Assert.Equal(IpcCalls.Semaphore, new MappedFiles().CallsOf(loaded.Id) & IpcCalls.Semaphore);
        File.Delete(copy);
        Assert.Equal(IpcCalls.Semaphore, new MappedFiles().CallsOf(loaded.Id) & IpcCalls.Semaphore);
        // A package upgrade puts another file in its place.
        File.WriteAllText(copy, "something else");
        Assert.Equal(IpcCalls.Semaphore, new MappedFiles().CallsOf(loaded.Id) & IpcCalls.Semaphore);
    }

    [Fact]
    public void A_process_that_is_gone_can_call_nothing() => Assert.Equal(IpcCalls.None, new MappedFiles().CallsOf(int.MaxValue));

    [Fact]
    public void A_pipe_without_another_end_and_a_device_are_opened_at_once_and_are_no_regular_files()
    {
        using var folder = new Apache.TempFolder();
        var pipe = folder.PathOf("pipe");
        using (var maker = Process.Start("mkfifo", [pipe]))
            maker.WaitForExit();

        Assert.Equal(Pipe, TypeOf(pipe));
        Assert.Equal(CharacterDevice, TypeOf("/dev/zero"));
    }

    private static int TypeOf(string path)
    {
        var descriptor = Libc.OpenWithoutWaiting(path);
        Assert.True(descriptor >= 0);
        using var file = new SafeFileHandle(descriptor, ownsHandle: true);
        Assert.True(Libc.TryStat(descriptor, out var mode, out _));
        return mode & FileTypeMask;
    }

    private static string NameOf(ActorProcess process) => File.ReadAllText($"/proc/{process.Id}/comm").Trim();

    private static IpcCalls? Read(string path)
    {
        using var file = File.OpenHandle(path);
        return ElfImports.Read(file);
    }
}
