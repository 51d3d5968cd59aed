using System.Diagnostics;
using System.Net.Sockets;
using PSSysVIpc.Boot;
using PSSysVIpc.Tests.Apache;
using PSSysVIpc.Tests.Native;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Boot;

/// <summary>
/// Whatever lies where settings should: reading ends, soon and without eating memory, the other files count, and it is
/// not hidden that something could not be read.
/// </summary>
public sealed class BrokenSettingsTests : IDisposable
{
    private const long HundredMiB = 100 << 20;

    private readonly TempFolder _folder = new();
    private readonly string _settings;
    private readonly string _path;

    public BrokenSettingsTests()
    {
        _settings = Directory.CreateDirectory(_folder.PathOf("etc/sysctl.d")).FullName;
        _path = $"{_settings}/10-broken.conf";
        File.WriteAllText($"{_settings}/20-good.conf", "kernel.msgmax = 5\n");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_hundred_MiB_of_nothing_are_read()
    {
        Resize(HundredMiB);
        AssertRead();
    }

    [Fact]
    public void A_file_that_is_too_large_to_be_read_is_told()
    {
        Resize(1L << 40);
        AssertRead(_path);
    }

    [Fact]
    public void A_line_without_end_is_read()
    {
        using (var file = File.OpenWrite(_path))
        {
            var piece = "kernel.sem=1 "u8.ToArray();
            for (var length = 0; length < HundredMiB / 4; length += piece.Length)
                file.Write(piece);
        }

        AssertRead();
    }

    [Fact]
    public void Bytes_that_are_no_text_are_read()
    {
        var bytes = new byte[1 << 20];
        new Random(1).NextBytes(bytes);
        File.WriteAllBytes(_path, bytes);
        AssertRead();
    }

    [Theory]
    [InlineData("kernel.{0}sem[", "{a,b}")]
    [InlineData("kernel.{0}sem[", "*[a-z]")]
    [InlineData("kernel.[{0}", "[:alpha:]")]
    [InlineData("kernel.{0}?", "{")]
    [InlineData("kernel.{0}?", "\\")]
    public void Patterns_that_multiply_are_read(string pattern, string part)
    {
        File.WriteAllText(
            _path,
            pattern.Replace("{0}", string.Concat(Enumerable.Repeat(part, 2000)), StringComparison.Ordinal) + " = 1\n"
        );
        AssertRead();
    }

    [Fact]
    public void A_pipe_is_passed_over_and_told()
    {
        Make("mkfifo", _path);
        AssertRead(_path);
    }

    [Fact]
    public void A_file_whose_name_is_no_text_is_told()
    {
        Make("sh", "-c", $"touch {_settings}/$(printf '\\377').conf");
        AssertRead($"{_settings}/\ufffd.conf");
        // What .NET can't name it can't delete.
        Make("sh", "-c", $"rm {_settings}/*");
    }

    [Fact]
    public void A_socket_is_passed_over_and_told()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_path));
        AssertRead(_path);
    }

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/dev/tty")]
    public void A_device_is_passed_over_and_told(string device)
    {
        File.CreateSymbolicLink(_path, device);
        AssertRead(_path);
    }

    [Fact]
    public void A_file_in_place_of_a_folder_is_no_folder()
    {
        Directory.CreateDirectory(_folder.PathOf("run"));
        File.WriteAllText(_folder.PathOf("run/sysctl.d"), "kernel.msgmax = 6\n");
        AssertRead();
    }

    [FactNeeding(Need.Root)]
    public void A_file_that_only_root_may_read_is_told_to_others()
    {
        File.WriteAllText(_path, "kernel.msgmnb = 6\n");
        File.SetUnixFileMode(_path, UnixFileMode.UserRead);
        AssertRead();
        AsOther(() => AssertRead(_path));
    }

    [FactNeeding(Need.Root)]
    public void A_folder_that_only_root_may_list_is_told_to_others()
    {
        var hidden = Directory.CreateDirectory(_folder.PathOf("run/sysctl.d")).FullName;
        File.SetUnixFileMode(hidden, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        AssertRead();
        AsOther(() => AssertRead(hidden));
    }

    [FactNeeding(Need.Root)]
    public void Files_in_a_folder_that_only_root_may_enter_are_told_to_others()
    {
        var hidden = Directory.CreateDirectory(_folder.PathOf("run/sysctl.d")).FullName;
        File.WriteAllText($"{hidden}/30-a.conf", "kernel.msgmnb = 6\n");
        File.SetUnixFileMode(hidden, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.OtherRead);
        AsOther(() => AssertRead($"{hidden}/30-a.conf"));
    }

    private static void AsOther(Action check)
    {
        var id = FreshIds.Next();
        TestLibc.AsUser(
            id,
            id,
            () =>
            {
                check();
                return true;
            }
        );
    }

    private void AssertRead(params string[] unread)
    {
        foreach (var reader in Enum.GetValues<BootReader>())
        {
            var settings = Bounded.Run(() => BootSettings.Read(reader, _folder.PathOf("")));
            Assert.Equal(5ul, settings.Find("kernel.msgmax", 0)?.Value);
            Assert.Equal(unread, settings.Unread);
        }
    }

    private static void Make(string command, params string[] arguments)
    {
        using var maker = Process.Start(command, arguments);
        maker.WaitForExit();
        Assert.Equal(0, maker.ExitCode);
    }

    private void Resize(long length)
    {
        using var file = File.OpenWrite(_path);
        file.SetLength(length);
    }
}
