using System.Diagnostics;
using PSSysVIpc.Boot;
using PSSysVIpc.Tests.Apache;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Boot;

/// <summary>What an admin has given our drop-in beside its content stays, or nothing is changed.</summary>
public sealed class DropInAttributeTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _root;
    private readonly string _path;

    public DropInAttributeTests()
    {
        _root = _folder.PathOf("root");
        Directory.CreateDirectory($"{_root}/etc/sysctl.d");
        _path = _root + DropInFile.Path;
        Set("1 2 3 4");
    }

    public void Dispose() => _folder.Dispose();

    [FactNeeding(Need.Root | Need.Acl)]
    public void Owner_mode_ACL_and_extended_attributes_stay()
    {
        Run($"chown 12345:54321 {_path}; chmod 640 {_path}; setfacl -m u:daemon:r {_path}");
        Run($"setfattr -n trusted.note -v kept {_path}; setfattr -n user.empty {_path}");
        var before = Attributes();
        Assert.Contains("user:daemon:r--", before, StringComparison.Ordinal);
        Assert.Contains("trusted.note=\"kept\"", before, StringComparison.Ordinal);

        Set("5 6 7 8");

        Assert.Contains("kernel.sem = 5 6 7 8", File.ReadAllText(_path), StringComparison.Ordinal);
        Assert.Equal(before, Attributes());
    }

    [FactNeeding(Need.Root)]
    public void Where_they_can_not_be_kept_the_file_is_as_it_was()
    {
        var user = FreshIds.Next();
        // He may put a file there, but give it to nobody else.
        Run($"chown {user} {_root}/etc/sysctl.d; chmod 644 {_path}");

        var error = TestLibc.AsUser(user, user, () => Assert.Throws<PersistFailedException>(() => Set("5 6 7 8")));

        Assert.EndsWith(
            "Its owner, mode, ACL and attributes can't be kept. The file is as it was. Root can do this.",
            error.Message,
            StringComparison.Ordinal
        );
        Assert.Contains("kernel.sem = 1 2 3 4", File.ReadAllText(_path), StringComparison.Ordinal);
        Assert.Equal([_path], Directory.GetFileSystemEntries($"{_root}/etc/sysctl.d"));
    }

    [TheoryNeeding(Need.Root)]
    [InlineData("i", true)]
    [InlineData("a", true)]
    [InlineData("i", false)]
    public void That_it_is_immutable_is_foreseen(string attribute, bool isFile)
    {
        var place = isFile ? _path : $"{_root}/etc/sysctl.d";
        Run($"chattr +{attribute} {place}");
        try
        {
            Assert.Throws<PersistFailedException>(() => Set("5 6 7 8"));
            var error = Assert.Throws<PersistFailedException>(() => DropInFile.CheckWritable(_root));
            Assert.Matches("is immutable or append-only [(]lsattr shows it[)]|Operation not permitted", error.Message);
        }
        finally
        {
            Run($"chattr -{attribute} {place}");
        }

        DropInFile.CheckWritable(_root);
    }

    [Theory]
    [InlineData("ln -s nowhere")]
    [InlineData("touch")]
    public void That_its_folder_is_none_is_foreseen(string command)
    {
        var place = $"{_root}/etc/sysctl.d";
        Run($"rm -r {place}; {command} {place}");
        foreach (var change in new[] { () => Set("5 6 7 8"), () => DropInFile.CheckWritable(_root) })
        {
            var error = Assert.Throws<PersistFailedException>(change);
            Assert.Contains("no folder. Nothing was changed.", error.Message, StringComparison.Ordinal);
        }
    }

    private void Set(string value) =>
        DropInFile.Change(_root, file => file.With(new Dictionary<string, string> { ["kernel.sem"] = value }));

    private string Attributes() =>
        Run($"stat -c '%a %u:%g' {_path}; getfacl -p {_path}; getfattr --absolute-names -d -m - {_path}");

    private static string Run(string script)
    {
        using var shell = Process.Start(
            new ProcessStartInfo("sh", ["-ec", script]) { RedirectStandardOutput = true, RedirectStandardError = true }
        )!;
        var said = shell.StandardOutput.ReadToEnd() + shell.StandardError.ReadToEnd();
        shell.WaitForExit();
        Assert.True(shell.ExitCode == 0, said);
        return said;
    }
}
