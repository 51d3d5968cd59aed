using PSSysVIpc.Boot;
using PSSysVIpc.Ipc;
using PSSysVIpc.Limits;
using PSSysVIpc.Tests.Apache;

namespace PSSysVIpc.Tests.Boot;

/// <summary>What tuned sets later in the boot, under a root of the test's own.</summary>
public sealed class TunedProfileTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _root;

    public TunedProfileTests()
    {
        _root = _folder.PathOf("root");
        Write("/usr/sbin/tuned", "");
        Write("/etc/tuned/active_profile", "database\n");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Its_active_profile_is_read_with_what_that_includes_and_its_own_lines_win()
    {
        Write("/usr/lib/tuned/base/tuned.conf", "[sysctl]\nkernel.shmmni=1\nkernel.msgmax = 2\nkernel/sem=1 2 3 4\n");
        Write(
            "/etc/tuned/database/tuned.conf",
            "# ours\n[main]\nsummary=A database\ninclude=base\n\n[vm]\nkernel.msgmni=9\n[sysctl]\nkernel.shmmni = 7\n"
        );
        var profile = TunedProfile.Read(_root)!;
        Assert.Equal("database", profile.Name);
        var line = profile.Find("kernel.shmmni")!;
        Assert.Equal(
            ($"{_root}/etc/tuned/database/tuned.conf", 9, "kernel.shmmni = 7"),
            (line.File, line.Number, line.Text)
        );
        Assert.Equal("kernel.msgmax = 2", profile.Find("kernel.msgmax")!.Text);
        Assert.Equal($"{_root}/usr/lib/tuned/base/tuned.conf", profile.Find("kernel.sem")!.File);
        Assert.Null(profile.Find("kernel.msgmni"));
    }

    [Fact]
    public void The_admins_profile_hides_one_of_the_same_name_and_a_circle_ends()
    {
        Write("/usr/lib/tuned/profiles/database/tuned.conf", "[sysctl]\nkernel.shmmni=1\n");
        Write(
            "/etc/tuned/profiles/database/tuned.conf",
            "[main]\ninclude=database,nowhere\n[sysctl]\nkernel.msgmax=1\n"
        );
        var profile = TunedProfile.Read(_root)!;
        Assert.Null(profile.Find("kernel.shmmni"));
        Assert.NotNull(profile.Find("kernel.msgmax"));
    }

    [Fact]
    public void Without_tuned_or_a_profile_there_is_none()
    {
        Write("/etc/tuned/active_profile", "");
        Assert.Null(TunedProfile.Read(_root));
        Write("/etc/tuned/active_profile", "database\n");
        File.Delete($"{_root}/usr/sbin/tuned");
        Assert.Null(TunedProfile.Read(_root));
    }

    [Fact]
    public void It_has_the_last_word_on_what_is_persisted()
    {
        Write("/etc/tuned/database/tuned.conf", "[sysctl]\nkernel.shmmni = 4096\nkernel.msgmni=>5\n");
        Write(DropInFile.Path, "kernel.shmmni = 8192\nkernel.msgmax = 9000\n");
        // Without that it applies the file again.
        Assert.Empty(new BootForecast(new BootModel(_root), false).Objections(LimitTable.Of("kernel.shmmni")[0], 8192));
        Write("/etc/tuned/tuned-main.conf", "reapply_sysctl = 0\n");
        var forecast = new BootForecast(new BootModel(_root), isFloor: false);
        Assert.Equal(
            "tuned will have the last word on kernel.shmmni: its active profile (database) sets it later in the boot, "
                + $"by the line 'kernel.shmmni = 4096' of {_root}/etc/tuned/database/tuned.conf:2. Change that line, "
                + "or the profile.",
            Assert.Single(forecast.Objections(LimitTable.Of("kernel.shmmni")[0], 8192))
        );
        Assert.Empty(forecast.Objections(LimitTable.Of("kernel.msgmax")[0], 9000));
        Assert.Null(new BootModel(_root).Tuned!.Find("kernel.msgmni"));
    }

    [Fact]
    public void An_exclusion_by_pattern_is_named_as_the_versions_of_procps_differ()
    {
        Write("/etc/sysctl.d/10-not.conf", "-kernel.shm*\n-kernel.msgmax\n");
        Write(DropInFile.Path, "kernel.shmmni = 8192\nkernel.msgmax = 9000\n");
        var forecast = new BootForecast(new BootModel(_root), isFloor: false);
        Assert.Equal(
            "Whether the next boot sets SHMMNI depends on the version of procps: from 4.0.5 on, "
                + $"{_root}/etc/sysctl.d/10-not.conf:1 may keep it from that.",
            Assert.Single(forecast.Objections(LimitTable.Of("kernel.shmmni")[0], 8192))
        );
        Assert.Empty(forecast.Objections(LimitTable.Of("kernel.msgmax")[0], 9000));
    }

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_root + path)!);
        File.WriteAllText(_root + path, text);
    }
}
