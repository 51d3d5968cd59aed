using PSSysVIpc.Boot;
using PSSysVIpc.Tests.Boot;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Limits;

/// <summary>Set-IpcLimit -AtLeast raises, now and for the next boot, and never lowers.</summary>
public class AtLeastTests
{
    private const string Guide = "Set-IpcLimit kernel.sem '250 32000 100 128' -AtLeast";

    [FactNeeding(Need.Root)]
    public void Only_what_is_lower_is_set_and_the_rest_is_told() =>
        Sandbox.Run(box =>
        {
            LimitBox.Set("kernel.sem", "300 20000 100 64");
            var told = box.Invoke($"{Guide} -Verbose").Clean().Written;
            Assert.Equal("300\t32000\t100\t128", Sem);
            Assert.Contains("SEMMSL is 300 and was left, as that is at least 250.", told, StringComparison.Ordinal);
            Assert.Contains("SEMOPM is 100 already.", told, StringComparison.Ordinal);
            Assert.Contains("SEMMNI was 64 and is 128.", told, StringComparison.Ordinal);
            Assert.DoesNotContain("lower", told, StringComparison.Ordinal);
        });

    [FactNeeding(Need.Root)]
    public void The_kernels_defaults_are_higher_than_what_old_guides_ask_for() =>
        Sandbox.Run(box =>
        {
            var before = Sem;
            Assert.Equal("", box.Invoke($"{Guide}; {Guide} -WhatIf").Clean().Written);
            Assert.Equal(before, Sem);
        });

    [FactNeeding(Need.Root)]
    public void Of_several_the_highest_counts_and_what_it_can_not_be_is_refused() =>
        Sandbox.Run(box =>
        {
            LimitBox.Set("kernel.sem", "300 20000 100 64");
            box.Invoke("'kernel.sem = 250 32000 100 128', 'kernel/sem=1 1 1 200' | Set-IpcLimit -AtLeast").Clean();
            Assert.Equal("300\t32000\t100\t200", Sem);
            box.Invoke("Set-IpcLimit SEMMNI 99999 -AtLeast").Failing("LimitOutOfRange");
            box.Invoke("Set-IpcLimit SEMMNI (-1) -AtLeast -Persist -WhatIf").Failing("LimitOutOfRange");
            box.Invoke("Set-IpcLimit SEMVMX 99999 -AtLeast").Failing("LimitReadOnly");
            box.Invoke("Set-IpcLimit SEMVMX 100 -AtLeast").Clean();
        });

    [FactNeeding(Need.Root)]
    public void The_next_boot_is_raised_only_where_it_would_be_lower() =>
        BootMachine.Run(box =>
        {
            BootMachine.Lay(BootCases.Nothing);
            // What runs is no measure for what the next boot makes of it.
            LimitBox.Set("kernel.sem", "300 20000 100 64");
            LimitBox.Set("kernel.msgmni", "32000");
            File.WriteAllText("/etc/sysctl.d/10-guide.conf", "kernel.sem = 250 32000 32 500\nkernel.msgmax = 9000\n");

            box.Invoke($"{Guide} -Persist; 'kernel.msgmni=100', 'kernel.msgmax=8500' | Set-IpcLimit -AtLeast -Persist")
                .Clean();

            var lines = File.ReadAllLines(DropInFile.Path);
            Assert.Equal("kernel.sem = 250 32000 100 500", Assert.Single(lines, line => !line.StartsWith('#')));
        });

    [FactNeeding(Need.Root)]
    public void A_floor_for_the_next_boot_does_not_lower_what_the_kernel_begins_with() =>
        BootMachine.Run(box =>
        {
            BootMachine.Lay(BootCases.Nothing);
            LimitBox.Set("kernel.sem", "300 20000 100 64");
            box.Invoke("Set-IpcLimit SEMOPM 600 -AtLeast -Persist").Clean();
            Assert.Equal("kernel.sem = 32000 1024000000 600 32000", File.ReadAllLines(DropInFile.Path)[^1]);
            Assert.Equal("300\t20000\t600\t64", Sem);
        });

    [FactNeeding(Need.Root)]
    public void What_was_kept_and_what_the_kernel_begins_with_is_not_lowered_by_a_later_file() =>
        BootMachine.Run(box =>
        {
            BootMachine.Lay(BootCases.Nothing);
            box.Invoke("Set-IpcLimit SEMOPM 600 -AtLeast -Persist").Clean();
            File.WriteAllText("/etc/sysctl.d/99-guide.conf", "kernel.sem = 250 32000 100 128\n");
            box.Invoke("Set-IpcLimit SEMMNI 200 -AtLeast -Persist").Clean();
            Assert.Equal("kernel.sem = 32000 1024000000 600 32000", File.ReadAllLines(DropInFile.Path)[^1]);

            File.Delete(DropInFile.Path);
            box.Invoke("Set-IpcLimit SEMOPM 620 -AtLeast -Persist").Clean();
            Assert.Equal("kernel.sem = 32000 1024000000 620 32000", File.ReadAllLines(DropInFile.Path)[^1]);
        });

    [FactNeeding(Need.Root)]
    public void Where_the_next_boot_has_enough_no_file_is_made() =>
        BootMachine.Run(box =>
        {
            BootMachine.Lay(BootCases.Nothing);
            var told = box.Invoke($"{Guide} -Persist -Verbose").Clean().Written;
            Assert.Contains(
                "The next boot makes SEMMNI 32000, which is at least 128: that was left.",
                told,
                StringComparison.Ordinal
            );
            Assert.False(File.Exists(DropInFile.Path));
        });

    private static string Sem => File.ReadAllText("/proc/sys/kernel/sem").TrimEnd();
}
