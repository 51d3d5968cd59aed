using PSSysVIpc.Boot;
using PSSysVIpc.Ipc;
using PSSysVIpc.Limits;
using PSSysVIpc.Tests.Boot;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Limits;

/// <summary>
/// Set-IpcLimit -Persist and Remove-IpcLimitPersistence, with folders of sysctl settings of the test's own and the real
/// readers of a boot.
/// </summary>
public class PersistTests
{
    private const Need Needed = Need.Root | Need.Systemd | Need.Procps;
    private const string OurFile = "/etc/sysctl.d/60-pssysvipc.conf";

    private static readonly LimitField s_semmni = new("kernel.sem", 3);

    [FactNeeding(Needed)]
    public void What_is_persisted_is_what_both_readers_apply() =>
        BootMachine.Run(box =>
        {
            BootMachine.Lay(BootCases.Nothing);
            box.Invoke("Set-IpcLimit SEMMNI 4000 -Persist; Set-IpcLimit SHMMAX 9000000000 -Persist").Clean();
            Assert.Equal("4000", LimitField.ReadAll()[s_semmni]);
            var lines = File.ReadAllLines(OurFile);
            Assert.Contains("Remove-IpcLimitPersistence", lines[1], StringComparison.Ordinal);
            Assert.Equal(
                ["kernel.sem = 32000 1024000000 500 4000", "kernel.shmmax = 9000000000"],
                lines.Where(line => line.StartsWith("kernel", StringComparison.Ordinal))
            );
            Assert.Equal((UnixFileMode)0b110_100_100, File.GetUnixFileMode(OurFile));
            foreach (var reader in Enum.GetValues<BootReader>())
            {
                var values = BootMachine.Boot(reader).Values;
                Assert.Equal("4000", values[s_semmni]);
                Assert.Equal("9000000000", values[new LimitField("kernel.shmmax", 0)]);
            }
        });

    [FactNeeding(Needed)]
    public void Fields_that_were_not_named_get_what_the_next_boot_would_apply_or_what_runs_on_the_machine() =>
        BootMachine.Run(box =>
        {
            BootMachine.Lay(new BootCase("another file", "etc/10-old.conf", "kernel.sem = 250 32000\n"));
            File.WriteAllText("/proc/sys/kernel/sem", "301 256001 33 302");
            // As if this were the machine's IPC namespace.
            new LimitPersistence(new SysctlFile()).Write(
                new Dictionary<LimitDefinition, ulong> { [LimitTable.Of("kernel.sem")[3]] = 4000 },
                CancellationToken.None
            );
            Assert.Contains("\nkernel.sem = 250 32000 33 4000\n", File.ReadAllText(OurFile), StringComparison.Ordinal);
            File.Delete(OurFile);
            box.Invoke("Set-IpcLimit SEMMNI 4000 -Persist").Clean();
            Assert.Contains("\nkernel.sem = 250 32000 500 4000\n", File.ReadAllText(OurFile), StringComparison.Ordinal);
        });

    [FactNeeding(Needed)]
    public void A_value_that_runs_already_is_persisted() =>
        BootMachine.Run(box =>
        {
            BootMachine.Lay(BootCases.Nothing);
            var limit = Assert.IsType<IpcLimit>(
                Assert.Single(box.Invoke("Set-IpcLimit SEMMNI 32000 -Persist -PassThru").Clean().Output)!.BaseObject
            );
            Assert.Equal((32000ul, 32000ul), (limit.Value, limit.PersistedValue));
            Assert.StartsWith(OurFile + ":", limit.PersistedIn, StringComparison.Ordinal);
        });

    [FactNeeding(Needed)]
    public void A_file_that_wins_is_named_with_its_line_and_value_and_not_touched() =>
        BootMachine.Run(box =>
        {
            const string text = "# mine\nkernel.sem = 250 32000 32 128\n";
            BootMachine.Lay(new BootCase("another file", "etc/99-local.conf", text));
            var told = box.Invoke("Set-IpcLimit SEMMNI 4000 -Persist").Clean().Written;
            Assert.Contains(
                "The next boot will set SEMMNI to 128, not to 4000: /etc/sysctl.d/99-local.conf:2",
                told,
                StringComparison.Ordinal
            );
            Assert.DoesNotContain("depends on what reads", told, StringComparison.Ordinal);
            Assert.Equal(text, File.ReadAllText("/etc/sysctl.d/99-local.conf"));
        });

    [FactNeeding(Needed)]
    public void Where_the_readers_would_differ_both_are_told() =>
        BootMachine.Run(box =>
        {
            BootMachine.Lay(new BootCase("another file", "sysctl.conf", "kernel.sem = 250 32000 32 128\n"));
            var told = box.Invoke("Set-IpcLimit SEMMNI 4000 -Persist").Clean().Written;
            Assert.Contains(
                "The next boot will set SEMMNI to 128, not to 4000: /etc/sysctl.conf:1",
                told,
                StringComparison.Ordinal
            );
            Assert.Contains(
                "depends on what reads the files: sysctl --system of procps, which does it here, sets 128 "
                    + "(/etc/sysctl.conf:1); systemd-sysctl would set 4000 ("
                    + OurFile,
                told,
                StringComparison.Ordinal
            );
        });

    [FactNeeding(Needed)]
    public void A_line_that_wins_without_setting_the_limit_is_named_too() =>
        BootMachine.Run(box =>
        {
            BootMachine.Lay(new BootCase("another file", "etc/99-short.conf", "kernel.sem = 300\n"));
            Directory.CreateDirectory("/run/systemd/system");
            var told = box.Invoke("Set-IpcLimit SEMMNI 4000 -Persist").Clean().Written;
            Assert.Contains(
                "The next boot will leave SEMMNI at the kernel's default, and not set 4000: "
                    + "/etc/sysctl.d/99-short.conf:1 comes after",
                told,
                StringComparison.Ordinal
            );
        });

    [FactNeeding(Needed)]
    public void What_a_later_file_takes_from_an_earlier_setting_is_said() =>
        BootMachine.Run(box =>
        {
            BootMachine.Lay(new BootCase("another file", "etc/99-local.conf", "kernel.sem = 250 32000 32 128\n"));
            box.Invoke("Set-IpcLimit SEMMSL 32010 -Persist").Clean();
            var told = box.Invoke("Set-IpcLimit SEMMNI 4000 -Persist -Verbose").Clean().Written;
            Assert.Contains(
                "SEMMSL was kept at 32010 for the next boot and is kept at 250 now, as that is what the next boot "
                    + "would have "
                    + "set. If that is not what you want: Set-IpcLimit SEMMSL 32010 -Persist.",
                told,
                StringComparison.Ordinal
            );
            Assert.Contains(OurFile + " has the line: kernel.sem = 250 32000 32 4000", told, StringComparison.Ordinal);
        });

    [FactNeeding(Needed)]
    public void WhatIf_says_that_the_file_could_not_be_written() =>
        BootMachine.Run(box =>
        {
            BootMachine.Lay(BootCases.Nothing);
            box.Invoke("Set-IpcLimit MSGMNI 30000 -Persist").Clean();
            TestLibc.MakeReadOnly("/etc/sysctl.d");
            box.Invoke("Set-IpcLimit SEMMNI 4000 -Persist -WhatIf").Failing("PersistFailed");
            box.Invoke("Set-IpcLimit SEMMNI 99999 -Persist -WhatIf").Failing("LimitOutOfRange");
            box.Invoke("Remove-IpcLimitPersistence -WhatIf").Failing("PersistFailed");
        });

    [FactNeeding(Needed)]
    public void A_file_that_cannot_be_written_leaves_the_running_value_set_and_says_so() =>
        BootMachine.Run(box =>
        {
            BootMachine.Lay(new BootCase("another file", "etc/60-pssysvipc.conf", "->/etc/sysctl.d/elsewhere"));
            var failed = box.Invoke("Set-IpcLimit SEMMNI 4000 -Persist").Failing("PersistFailed");
            Assert.EndsWith(
                "The running values stay as they are set: SEMMNI 4000.",
                failed.ErrorText,
                StringComparison.Ordinal
            );
            Assert.Equal("4000", LimitField.ReadAll()[s_semmni]);
            Assert.False(File.Exists("/etc/sysctl.d/elsewhere"));
        });

    [FactNeeding(Needed)]
    public void The_runbook_sets_and_persists_what_its_records_say() =>
        BootMachine.Run(box =>
        {
            BootMachine.Lay(BootCases.Nothing);
            box.Invoke(
                    """
                    @{ SEMMNI = '4000'; SEMMNS = '1100000000'; MSGMNI = '30000' }.GetEnumerator() |
                        ForEach-Object { [pscustomobject]@{ Name = $_.Key; Value = $_.Value } } |
                        Set-IpcLimit -Persist
                    """
                )
                .Clean();
            foreach (var reader in Enum.GetValues<BootReader>())
            {
                var values = BootMachine.Boot(reader).Values;
                Assert.Equal(
                    ("4000", "1100000000", "30000"),
                    (
                        values[s_semmni],
                        values[new LimitField("kernel.sem", 1)],
                        values[new LimitField("kernel.msgmni", 0)]
                    )
                );
            }
        });

    [FactNeeding(Needed)]
    public void What_was_refused_is_not_persisted() =>
        BootMachine.Run(box =>
        {
            BootMachine.Lay(BootCases.Nothing);
            box.Invoke("Set-IpcLimit SEMMNI 99999 -Persist").Failing("LimitOutOfRange");
            box.Invoke("Set-IpcLimit SEMMNI 4000 -Persist -WhatIf").Clean();
            Assert.False(File.Exists(OurFile));
        });

    [FactNeeding(Needed)]
    public void Removing_takes_the_whole_sysctl_and_names_what_goes_with_it() =>
        BootMachine.Run(box =>
        {
            BootMachine.Lay(BootCases.Nothing);
            box.Invoke("Set-IpcLimit SEMMNI 4000 -Persist; Set-IpcLimit MSGMNI 30000 -Persist").Clean();
            var what = box.Invoke("Remove-IpcLimitPersistence SEMMNI -WhatIf").Clean().Written;
            Assert.Contains(
                "kernel.sem (SEMMSL, SEMMNS, SEMOPM, SEMMNI) from " + OurFile,
                what,
                StringComparison.Ordinal
            );
            Assert.Contains("kernel.sem", File.ReadAllText(OurFile), StringComparison.Ordinal);

            var told = box.Invoke("Remove-IpcLimitPersistence semmni").Clean().Written;
            Assert.Contains(
                "SEMMSL, SEMMNS, SEMOPM will go with SEMMNI: kernel.sem is one setting.",
                told,
                StringComparison.Ordinal
            );
            Assert.DoesNotContain("kernel.sem =", File.ReadAllText(OurFile), StringComparison.Ordinal);
            Assert.Contains("kernel.msgmni = 30000", File.ReadAllText(OurFile), StringComparison.Ordinal);
            Assert.Equal("4000", LimitField.ReadAll()[s_semmni]);
            box.Invoke("Remove-IpcLimitPersistence SEMMNI").Failing("IpcNotFound");

            box.Invoke("Remove-IpcLimitPersistence").Clean();
            Assert.False(File.Exists(OurFile));
            box.Invoke("Remove-IpcLimitPersistence").Clean();
        });

    [FactNeeding(Needed)]
    public void Removing_asks_and_leaves_what_is_declined() =>
        BootMachine.Run(box =>
        {
            BootMachine.Lay(BootCases.Nothing);
            box.Invoke("Set-IpcLimit SEMMNI 4000 -Persist; Set-IpcLimit MSGMNI 30000 -Persist").Clean();
            box.Host.Answer = message => message.Contains("kernel.sem", StringComparison.Ordinal) ? 2 : 0;
            box.Invoke("Remove-IpcLimitPersistence -Confirm").Clean();
            Assert.Contains("kernel.sem =", File.ReadAllText(OurFile), StringComparison.Ordinal);
            Assert.DoesNotContain("kernel.msgmni", File.ReadAllText(OurFile), StringComparison.Ordinal);
            // A pipeline that names nothing means nothing.
            box.Invoke("@() | Remove-IpcLimitPersistence").Clean();
            Assert.True(File.Exists(OurFile));
        });
}
