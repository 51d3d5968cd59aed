using PSSysVIpc.Boot;
using PSSysVIpc.Ipc;
using PSSysVIpc.Limits;
using PSSysVIpc.Tests.Apache;
using PSSysVIpc.Tests.Boot;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Limits;

/// <summary>What a limit says of the next boot.</summary>
public class PersistedLimitTests
{
    [FactNeeding(Need.Root)]
    public void Value_and_place_are_those_of_the_file_that_counts() =>
        BootMachine.Run(box =>
        {
            BootMachine.Lay(
                new BootCase(
                    "",
                    "etc/60-a.conf",
                    "kernel.msgmni = 5\nkernel.sem = 250 32000 32 512\n",
                    "usr/70-b.conf",
                    "\nkernel.msgmni = 6\n"
                )
            );

            Assert.Equal((512ul, "/etc/sysctl.d/60-a.conf:2"), Persisted(box.Limit("SEMMNI")));
            Assert.Equal((6ul, "/usr/lib/sysctl.d/70-b.conf:2"), Persisted(box.Limit("MSGMNI")));
            Assert.Equal((null, null), Persisted(box.Limit("SHMMNI")));
            Assert.Equal((null, null), Persisted(box.Limit("SEMVMX")));
        });

    [Fact]
    public void A_negative_number_has_a_place_and_no_value()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.PathOf("etc/sysctl.d"));
        var file = folder.PathOf("etc/sysctl.d/90.conf");
        File.WriteAllText(file, "kernel.sem = -1 7\nkernel.shmmax = 18446744073709551615\n");
        var reader = new LimitSnapshot(IpcKernel.OpenCurrent(), new BootModel(folder.PathOf("")));

        Assert.Equal((null, file + ":1"), Persisted(Read("SEMMSL")));
        Assert.Equal((7ul, file + ":1"), Persisted(Read("SEMMNS")));
        Assert.Equal((ulong.MaxValue, file + ":2"), Persisted(Read("SHMMAX")));

        IpcLimit Read(string name) => reader.Read(LimitTable.All.Single(limit => limit.Name == name));
    }

    [FactNeeding(Need.Root)]
    public void What_could_not_be_read_of_it_is_told_on_the_verbose_stream_alone() =>
        BootMachine.Run(box =>
        {
            const string script = "Get-IpcLimit SEMMNI -Verbose";
            BootMachine.Lay(new BootCase("", "etc/60-a.conf", "kernel.msgmni = 5\n", "etc/70-b.conf", ""));
            Assert.Equal("", box.Invoke(script).Clean().Written);

            File.SetUnixFileMode("/etc/sysctl.conf", UnixFileMode.OtherRead);
            foreach (var name in new[] { "60-a", "70-b" })
                File.SetUnixFileMode($"/etc/sysctl.d/{name}.conf", UnixFileMode.UserRead);
            var user = FreshIds.Next();
            var outcome = TestLibc.AsUser(user, user, () => box.Invoke(script)).Clean();

            Assert.Single(outcome.Limits());
            Assert.EndsWith(
                "could not be read: /etc/sysctl.d/60-a.conf, /etc/sysctl.d/70-b.conf.",
                outcome.Written,
                StringComparison.Ordinal
            );
        });

    [FactNeeding(Need.Root)]
    public void A_line_that_the_kernel_will_refuse_is_told_on_the_verbose_stream() =>
        BootMachine.Run(box =>
        {
            BootMachine.Lay(
                new BootCase(
                    "",
                    "etc/60-a.conf",
                    "kernel.sem = 250 32000 32 99999\nkernel.shmmni = 5\n",
                    "etc/70-b.conf",
                    "kernel.msgmax = many\n"
                )
            );

            var outcome = box.Invoke("Get-IpcLimit -Verbose").Clean();

            var limits = outcome.Limits().ToDictionary(limit => limit.Name, limit => limit.PersistedValue);
            Assert.Equal(
                [250, null, 5, null],
                new[] { "SEMMSL", "SEMMNI", "SHMMNI", "MSGMAX" }.Select(name => limits[name])
            );
            Assert.Contains(
                "The kernel will refuse /etc/sysctl.d/60-a.conf:1, at least in part: 'kernel.sem = 250 32000 32 99999'",
                outcome.Written,
                StringComparison.Ordinal
            );
            Assert.Contains(
                "The kernel will refuse /etc/sysctl.d/70-b.conf:1, at least in part: 'kernel.msgmax = many'",
                outcome.Written,
                StringComparison.Ordinal
            );
            Assert.DoesNotContain("60-a.conf:2", outcome.Written, StringComparison.Ordinal);
        });

    private static (ulong? Value, string? Place) Persisted(IpcLimit limit) => (limit.PersistedValue, limit.PersistedIn);
}
