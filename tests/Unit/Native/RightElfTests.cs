using System.Diagnostics;
using PSSysVIpc.Native;
using PSSysVIpc.Processes;
using PSSysVIpc.Tests.Actor;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Native;

/// <summary>What programs of the machine can call, by their files and as processes.</summary>
public class RightElfTests
{
    [Fact]
    public void Perl_imports_all_kinds_and_the_C_library_that_defines_them_imports_none()
    {
        Assert.Equal(IpcCalls.Semaphore | IpcCalls.SharedMemory | IpcCalls.MessageQueue, Read(LibraryFiles.Perl));
        Assert.Equal(IpcCalls.None, Read(LibraryFiles.C));
        Assert.Equal(IpcCalls.None, Read("/bin/sleep"));
        // The C library's own, which has all of that in itself.
        Assert.Equal(IpcCalls.None, Read("/sbin/ldconfig"));
    }

    [FactNeeding(Need.Systemd)]
    public void The_library_that_all_of_systemd_has_and_that_only_removes_objects_makes_none_of_it_a_suspect() =>
        Assert.Equal(IpcCalls.None, Read(LibraryFiles.Systemd!));

    // It finds and attaches a segment of its own, and no other.
    [FactNeeding(Need.OpenSsl)]
    public void OpenSSL_that_half_of_all_servers_have_makes_none_of_them_a_suspect_and_a_copy_by_another_name_does()
    {
        Assert.Equal(IpcCalls.None, Read(LibraryFiles.Crypto!));
        using var folder = new Apache.TempFolder();
        var bytes = File.ReadAllBytes(LibraryFiles.Crypto!);
        for (var at = 0; bytes.AsSpan(at).IndexOf("libcrypto.so.3\0"u8) is >= 0 and var next; at += next)
            bytes[at + next] = (byte)'L';
        var copy = folder.PathOf("libcrypto.so.3");
        File.WriteAllBytes(copy, bytes);
        Assert.Equal(IpcCalls.SharedMemory, Read(copy));
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
        using var loaded = ActorProcess.StartCommand(
            "env",
            $"LD_PRELOAD={copy}",
            "sh",
            "-c",
            "echo ready; exec sleep 1000"
        );
        Wait.Until(() => NameOf(plain) == "sleep" && NameOf(loaded) == "sleep", "they sleep");
        Wait.Until(
            () => File.ReadAllText($"/proc/{loaded.Id}/maps").Contains(copy, StringComparison.Ordinal),
            "the library is mapped"
        );

        Assert.Equal(IpcCalls.None, new MappedFiles().CallsOf(plain.Id));
        Assert.Equal(IpcCalls.Semaphore, new MappedFiles().CallsOf(loaded.Id) & IpcCalls.Semaphore);
        File.Delete(copy);
        Assert.Equal(IpcCalls.Semaphore, new MappedFiles().CallsOf(loaded.Id) & IpcCalls.Semaphore);
        // A package upgrade puts another file in its place.
        File.WriteAllText(copy, "something else");
        Assert.Equal(IpcCalls.Semaphore, new MappedFiles().CallsOf(loaded.Id) & IpcCalls.Semaphore);
    }

    [Fact]
    public void Of_a_process_that_is_gone_nothing_is_said() => Assert.Null(new MappedFiles().CallsOf(int.MaxValue));

    [Theory]
    [InlineData(false)]
    // Then .NET's own memory shows as files that nobody can open any more.
    [InlineData(true)]
    public void A_process_whose_main_thread_has_ended_can_call_what_its_other_threads_can(bool isDoublyMapped)
    {
        using var actor = ActorProcess.StartCommand([
            "env",
            $"DOTNET_EnableWriteXorExecute={(isDoublyMapped ? 1 : 0)}",
            "DOTNET_EnableDiagnostics=0",
            .. ActorProcess.CommandLine("end-main"),
        ]);
        Wait.Until(() => File.ReadAllText($"/proc/{actor.Id}/maps").Length == 0, "the main thread has ended");
        Assert.Equal(isDoublyMapped ? IpcCalls.Any : IpcCalls.None, new MappedFiles().CallsOf(actor.Id));
    }

    [FactNeeding(Need.Root)]
    public void A_process_with_many_threads_that_is_ending_is_never_one_that_can_not_be_examined()
    {
        for (var turn = 0; turn < 8; turn++)
        {
            using var actor = ActorProcess.Start("start-threads", 60);
            var files = new MappedFiles();
            Assert.Equal(IpcCalls.None, files.CallsOf(actor.Id));
            Assert.Equal(0, Libc.Kill(actor.Id, 9));
            // It goes through: the main thread without memory, fewer and fewer threads, a zombie, nothing.
            while (Directory.Exists($"/proc/{actor.Id}") && files.CallsOf(actor.Id) is { } calls)
                Assert.Equal(IpcCalls.None, calls);
        }
    }

    [FactNeeding(Need.Root)]
    public void A_process_that_begins_its_program_again_and_again_is_never_one_that_makes_no_calls()
    {
        using var folder = new Apache.TempFolder();
        var program = folder.PathOf("again.pl");
        File.WriteAllText(program, "$| = 1; print qq(ready\n) unless $ENV{AGAIN}++; exec $^X, $0;");
        using var actor = ActorProcess.StartCommand(LibraryFiles.Perl, program);
        var files = new MappedFiles();
        foreach (var _ in Rounds.UpTo(1_000))
            Assert.Equal(IpcCalls.Semaphore, files.CallsOf(actor.Id) & IpcCalls.Semaphore);
    }

    [Fact]
    public void A_pipe_without_another_end_and_a_device_are_looked_at_and_not_opened()
    {
        using var folder = new Apache.TempFolder();
        var pipe = folder.PathOf("pipe");
        using (var maker = Process.Start("mkfifo", [pipe]))
            maker.WaitForExit();

        foreach (var path in new[] { pipe, "/dev/zero", "/proc" })
        {
            Assert.Equal(0, Libc.OpenRegularFile(path, out var inode, out var file));
            Assert.NotEqual(0u, inode);
            Assert.Null(file);
        }

        Assert.Equal(Errno.ENOENT, Libc.OpenRegularFile("/nowhere", out _, out _));
    }

    private static string NameOf(ActorProcess process) => File.ReadAllText($"/proc/{process.Id}/comm").Trim();

    private static IpcCalls? Read(string path)
    {
        using var file = File.OpenHandle(path);
        return ElfImports.Read(file, new Deadline(Wait.Patience, CancellationToken.None));
    }
}
