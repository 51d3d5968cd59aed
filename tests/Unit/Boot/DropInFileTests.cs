using System.Diagnostics;
using System.Text;
using PSSysVIpc.Boot;
using PSSysVIpc.Native;
using PSSysVIpc.Tests.Apache;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Boot;

/// <summary>Our drop-in on a disk, under a root of the test's own: what is made, and what is left alone.</summary>
public sealed class DropInFileTests : IDisposable
{
    private const UnixFileMode Readable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly TempFolder _folder = new();
    private readonly string _root;
    private readonly string _settings;
    private readonly string _path;

    public DropInFileTests()
    {
        _root = _folder.PathOf("root");
        _settings = Directory.CreateDirectory($"{_root}/etc/sysctl.d").FullName;
        _path = _root + DropInFile.Path;
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_set_is_what_the_next_boot_sets()
    {
        Set("kernel.sem", "250 32000 32 512");
        Set("kernel.msgmax", "65536");
        foreach (var reader in Enum.GetValues<BootReader>())
        {
            var settings = BootSettings.Read(reader, _root);
            Assert.Equal(new BootValue(512, _path, 3), settings.Find("kernel.sem", 3));
            Assert.Equal(new BootValue(65536, _path, 4), settings.Find("kernel.msgmax", 0));
        }
    }

    [Fact]
    public void What_is_taken_out_is_gone_and_in_the_end_the_file()
    {
        Set("kernel.sem", "250 32000 32 512");
        Set("kernel.msgmax", "65536");
        Remove("kernel.sem");
        Assert.Equal(["kernel.msgmax"], DropInFile.Read(_root).Keys);
        Remove("kernel.msgmax");
        Assert.Empty(Directory.GetFileSystemEntries(_settings));
    }

    [Fact]
    public void Nothing_is_made_to_take_something_out()
    {
        Remove("kernel.sem");
        Assert.Empty(Directory.GetFileSystemEntries(_settings));
        Directory.Delete(_settings);
        Remove("kernel.sem");
        Assert.False(Directory.Exists(_settings));
    }

    [Fact]
    public void Every_byte_of_others_survives()
    {
        Set("kernel.sem", "1 2 3 4");
        var others = Enumerable.Range(0, 256).Select(value => (byte)value).ToArray();
        File.WriteAllBytes(_path, [.. File.ReadAllBytes(_path), .. others]);
        Set("kernel.sem", "5 6 7 8");
        Assert.EndsWith(
            "kernel.sem = 5 6 7 8\n" + string.Concat(others.Select(value => (char)value)),
            File.ReadAllText(_path, Encoding.Latin1),
            StringComparison.Ordinal
        );
    }

    [FactNeeding(Need.Root)]
    public void All_can_read_it_whatever_the_umask_is() =>
        Sandbox.Run(_ =>
        {
            TestLibc.UnshareMounts();
            TestLibc.SetUmask(0x3f);
            Directory.Delete(_settings);
            Set("kernel.sem", "1 2 3 4");
            Assert.Equal(Readable, File.GetUnixFileMode(_path));
            Assert.Equal(
                Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute,
                File.GetUnixFileMode(_settings)
            );
            Assert.Equal(
                UnixFileMode.None,
                File.GetUnixFileMode(Directory.CreateDirectory($"{_root}/masked").FullName)
                    & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)
            );
        });

    [Fact]
    public void A_folder_that_is_a_link_is_the_readers_folder()
    {
        Directory.Delete(_settings);
        var other = _folder.AddFolder("other");
        Directory.CreateSymbolicLink(_settings, other);
        Set("kernel.sem", "1 2 3 4");
        Assert.True(File.Exists($"{other}/60-pssysvipc.conf"));
        Assert.Equal(other, new FileInfo(_settings).LinkTarget);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_link_in_its_place_is_neither_followed_nor_replaced(bool isDangling)
    {
        var target = _folder.PathOf("target");
        if (!isDangling)
            File.WriteAllText(
                target,
                DropIn.Empty.With(new Dictionary<string, string> { ["kernel.sem"] = "1" }).Content
            );
        var content = isDangling ? null : File.ReadAllText(target);
        File.CreateSymbolicLink(_path, target);
        AssertRefused($"a link to {target}");
        Assert.Equal(target, new FileInfo(_path).LinkTarget);
        Assert.Equal(content, File.Exists(target) ? File.ReadAllText(target) : null);
    }

    [Fact]
    public void A_link_in_the_place_of_what_is_written_beside_it_is_not_followed()
    {
        var target = _folder.AddFile("target", "precious");
        File.CreateSymbolicLink($"{_settings}/.60-pssysvipc.conf.new", target);
        Set("kernel.sem", "1 2 3 4");
        Assert.Equal("precious", File.ReadAllText(target));
        Assert.Equal([_path], Directory.GetFileSystemEntries(_settings));
    }

    [Theory]
    [InlineData("mkdir")]
    [InlineData("mkfifo")]
    public void What_is_no_file_is_left_alone(string command)
    {
        using (var maker = Process.Start(command, [_path]))
            maker.WaitForExit();
        AssertRefused("is no regular file");
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("\n", "another first line")]
    [InlineData("kernel.sem = 1 2 3 4\n", "another first line")]
    public void A_file_of_others_by_that_name_is_left_alone(string content, string why)
    {
        File.WriteAllText(_path, content);
        AssertRefused(why);
        Assert.Equal(content, File.ReadAllText(_path));
    }

    [Fact]
    public void A_file_that_is_too_large_is_left_alone()
    {
        Set("kernel.sem", "1 2 3 4");
        using (var file = File.OpenWrite(_path))
            file.SetLength(1L << 40);
        AssertRefused("is too large");
    }

    [Fact]
    public void A_file_in_the_place_of_the_folder_is_left_alone()
    {
        Directory.Delete(_settings);
        File.WriteAllText(_settings, "mine");
        Assert.Contains("is no folder", Fail().Message, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(_settings));
    }

    [FactNeeding(Need.Root)]
    public void Who_may_not_write_there_changes_nothing()
    {
        var message = FailAsOther().Message;
        Assert.StartsWith(
            $"The settings for the next boot in {_path} can't be changed: Permission denied. No file was made.",
            message,
            StringComparison.Ordinal
        );
        Assert.Empty(Directory.GetFileSystemEntries(_settings));

        Set("kernel.sem", "1 2 3 4");
        var before = File.ReadAllText(_path);
        Assert.Contains(
            "Permission denied. The file is as it was. Root can do this.",
            FailAsOther().Message,
            StringComparison.Ordinal
        );
        Assert.Equal(before, File.ReadAllText(_path));
        Assert.Equal([_path], Directory.GetFileSystemEntries(_settings));
    }

    [FactNeeding(Need.Root)]
    public void A_file_that_may_not_be_read_is_told()
    {
        Set("kernel.sem", "1 2 3 4");
        File.SetUnixFileMode(_path, UnixFileMode.UserRead);
        Assert.Contains(
            "Permission denied. The file there can't be read",
            FailAsOther().Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Who_waits_in_vain_for_another_run_changes_nothing()
    {
        using var other = FolderLock.Take(_settings, TimeSpan.Zero, default, out _);
        Assert.Contains("another process has locked", Fail().Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_settings));
    }

    [Fact]
    public async Task Of_runs_at_the_same_time_none_is_lost()
    {
        // So few that nobody waits in vain, even where a disk takes its time.
        const int rounds = 15;
        string[] keys = ["kernel.sem", "kernel.shmmax", "kernel.msgmax", "kernel.msgmni"];
        await Task.WhenAll(
            keys.Select(key =>
                Task.Run(() =>
                {
                    for (var i = 1; i <= rounds; i++)
                        Set(key, $"{i}");
                })
            )
        );
        var lines = File.ReadAllLines(_path);
        Assert.All(keys, key => Assert.Contains($"{key} = {rounds}", lines));
        Assert.Equal([_path], Directory.GetFileSystemEntries(_settings));
    }

    private void Set(string sysctl, string value) =>
        DropInFile.Change(_root, file => file.With(new Dictionary<string, string> { [sysctl] = value }));

    private void Remove(string sysctl) => DropInFile.Change(_root, file => file.Without([sysctl]));

    private PersistFailedException Fail() => Assert.Throws<PersistFailedException>(() => Set("kernel.msgmax", "5"));

    private PersistFailedException FailAsOther()
    {
        var id = FreshIds.Next();
        return TestLibc.AsUser(id, id, Fail);
    }

    /// <summary>Fails unless the file that is there can be neither read nor changed.</summary>
    private void AssertRefused(string why)
    {
        Assert.Contains(why, Fail().Message, StringComparison.Ordinal);
        Assert.Contains(
            why,
            Assert.Throws<PersistFailedException>(() => Remove("kernel.msgmax")).Message,
            StringComparison.Ordinal
        );
        var error = Assert.Throws<PersistFailedException>(() => DropInFile.Read(_root));
        Assert.StartsWith(
            $"The settings for the next boot in {_path} can't be changed: ",
            error.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(_path, error.Target);
        Assert.Equal([_path], Directory.GetFileSystemEntries(_settings));
    }
}
