using PSSysVIpc.Boot;
using PSSysVIpc.Tests.Apache;

namespace PSSysVIpc.Tests.Boot;

/// <summary>What is said of a boot, and where from, under a root of the test's own.</summary>
public sealed class BootSettingsTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _root;

    public BootSettingsTests() => _root = _folder.PathOf("root");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Where_systemd_is_process_1_it_reads_at_boot()
    {
        Assert.Equal(BootReader.Procps, BootSettings.CurrentReader(_root));
        Add("run/systemd/system/unit", "");
        Assert.Equal(BootReader.Systemd, BootSettings.CurrentReader(_root));
    }

    [Fact]
    public void A_file_at_the_place_of_systemds_folder_is_no_systemd()
    {
        Add("run/systemd/system", "");
        Assert.Equal(BootReader.Procps, BootSettings.CurrentReader(_root));
    }

    [Fact]
    public void A_machine_without_files_says_nothing()
    {
        foreach (var field in LimitField.All)
        {
            AssertSaid(BootReader.Systemd, field.Sysctl, field.Field, null);
            AssertSaid(BootReader.Procps, field.Sysctl, field.Field, null);
        }
    }

    [Fact]
    public void The_last_line_that_says_it_is_named()
    {
        Add("etc/sysctl.d/10-a.conf", "# first\nkernel.sem = 1 2\n");
        var later = Add("usr/lib/sysctl.d/20-b.conf", "\r\n\n; second\nkernel.sem = 1 2\nkernel.msgmax = 3\n");
        AssertSaid(BootReader.Systemd, "kernel.sem", 1, new BootValue(2, later, 4));
        AssertSaid(BootReader.Procps, "kernel.sem", 1, new BootValue(2, later, 4));
        AssertSaid(BootReader.Procps, "kernel.msgmax", 0, new BootValue(3, later, 5));
    }

    [Fact]
    public void Each_field_names_the_line_that_set_it()
    {
        var first = Add("etc/sysctl.d/10-a.conf", "kernel.sem = 1 2 3 4\n");
        var second = Add("etc/sysctl.d/20-b.conf", "\nkernel.sem = 5 6\n");
        AssertSaid(BootReader.Procps, "kernel.sem", 1, new BootValue(6, second, 2));
        AssertSaid(BootReader.Procps, "kernel.sem", 2, new BootValue(3, first, 1));
        AssertSaid(BootReader.Systemd, "kernel.sem", 1, new BootValue(6, second, 2));
        AssertSaid(BootReader.Systemd, "kernel.sem", 2, null);
    }

    [Fact]
    public void A_link_is_named_as_it_lies_in_the_folder()
    {
        var configuration = Add("etc/sysctl.conf", "kernel.msgmax = 3\n");
        Add("etc/sysctl.d/readme", "");
        var link = $"{_root}/etc/sysctl.d/99-sysctl.conf";
        File.CreateSymbolicLink(link, "../sysctl.conf");
        AssertSaid(BootReader.Systemd, "kernel.msgmax", 0, new BootValue(3, link, 1));
        AssertSaid(BootReader.Procps, "kernel.msgmax", 0, new BootValue(3, configuration, 1));
    }

    [Theory]
    [InlineData("quiet ro", null)]
    [InlineData("quiet ipcmni_extend ro\n", 40000)]
    [InlineData("quiet ipcmni_extended ro\n", null)]
    public void The_kernels_command_line_can_allow_more(string commandLine, int? expected)
    {
        Add("proc/cmdline", commandLine);
        var file = Add(
            "etc/sysctl.d/10-a.conf",
            "kernel.sem = 1 2 3 40000\nkernel.shmmni = 40000\nkernel.msgmni = 40000\n"
        );
        var line = 0;
        foreach (var (sysctl, field) in new[] { ("kernel.sem", 3), ("kernel.shmmni", 0), ("kernel.msgmni", 0) })
        {
            line++;
            AssertSaid(
                BootReader.Systemd,
                sysctl,
                field,
                expected is { } value ? new BootValue((ulong)value, file, line) : null
            );
        }
    }

    [Fact]
    public void Of_the_credentials_the_first_counts()
    {
        var given = Add("run/credentials/@system/sysctl.extra", "kernel.msgmax = 3\n");
        var stored = Add("etc/credstore/sysctl.extra", "kernel.msgmax = 4\nkernel.msgmnb = 5\n");
        AssertSaid(BootReader.Systemd, "kernel.msgmax", 0, new BootValue(3, given, 1));
        AssertSaid(BootReader.Systemd, "kernel.msgmnb", 0, null);
        AssertSaid(BootReader.Procps, "kernel.msgmax", 0, null);
        File.Delete(given);
        AssertSaid(BootReader.Systemd, "kernel.msgmnb", 0, new BootValue(5, stored, 2));
    }

    private string Add(string name, string text)
    {
        var path = $"{_root}/{name}";
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    private void AssertSaid(BootReader reader, string sysctl, int field, BootValue? expected)
    {
        var settings = BootSettings.Read(reader, _root);
        Assert.Equal(expected, settings.Find(sysctl, field));
        Assert.Empty(settings.Unread);
    }
}
