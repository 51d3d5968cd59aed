using PSSysVIpc.Tests.Commands.Completion;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Limits;

/// <summary>What Set-IpcLimit takes from the pipeline: limits, records, and the lines of a file for sysctl.</summary>
public class LimitInputTests
{
    [FactNeeding(Need.Root)]
    public void The_lines_of_a_vendors_file() =>
        Sandbox.Run(box =>
        {
            const string file = """
                "# Database X", "; since 1999", "", "kernel.sem = 301 32001 101 129", "-kernel/shmmni=4097",
                "net.core.rmem_max = 4194304", "kernel.msgmax = 8193 " | Set-IpcLimit -Verbose
                """;
            var told = box.Invoke(file).Clean().Written;
            Assert.Equal("301\t32001\t101\t129", Read("sem"));
            Assert.Equal("4097", Read("shmmni"));
            Assert.Equal("8193", Read("msgmax"));
            Assert.Contains("Passed over, as it sets nothing: '# Database X'.", told, StringComparison.Ordinal);
            Assert.Contains(
                "Passed over, as it is about no limit of System V IPC: 'net.core.rmem_max = 4194304'.",
                told,
                StringComparison.Ordinal
            );
        });

    [TheoryNeeding(Need.Root)]
    [InlineData("'kernel.shmmni 4097'", "IpcBadInput", "'kernel.shmmni 4097' is no line 'name = value'.")]
    [InlineData("'= 5'", "IpcBadInput", "is no line 'name = value'.")]
    [InlineData("'kernel.shmmni = \"4097\"'", "IpcBadInput", "has quotation marks in it")]
    [InlineData("'kernel.shmmni ='", "IpcBadInput", "'' is no value for SHMMNI")]
    [InlineData(
        "([IO.DirectoryInfo]'/tmp')",
        "IpcBadInput",
        "An object of the type DirectoryInfo is no limit. Pipe what Get-IpcLimit"
    )]
    [InlineData(
        "'sysctl -w kernel.sem=\"250 32000 100 128\"'",
        "IpcBadInput",
        "seems to be about a limit, and has no name"
    )]
    [InlineData("'kernel.shm* = 5000'", "IpcBadInput", "seems to be about a limit")]
    [InlineData("'/proc/sys/kernel/shmmni = 5000'", "IpcBadInput", "seems to be about a limit")]
    [InlineData("5", "IpcBadInput", "5 is no limit.")]
    [InlineData("$null", "IpcBadInput", "$null is no limit.")]
    public void What_is_no_limit_is_an_error_and_the_rest_is_set(string input, string id, string words) =>
        Sandbox.Run(box =>
        {
            var outcome = box.Invoke($"{input}, 'kernel.msgmni = 1000' | Set-IpcLimit").Failing(id);
            Assert.Contains(words, outcome.ErrorText, StringComparison.Ordinal);
            Assert.Equal("1000", Read("msgmni"));
        });

    [FactNeeding(Need.Root)]
    public void A_whole_file_as_one_text_and_a_hashtable() =>
        Sandbox.Run(box =>
        {
            const string file = "kernel.msgmni = 900`r`n# x`nkernel.shm_rmid_forced = 0`nkernel.shmmni = 901`n";
            box.Invoke($"\"`u{{feff}}{file}\" | Set-IpcLimit").Clean();
            Assert.Equal(("900", "901"), (Read("msgmni"), Read("shmmni")));
            box.Invoke("@{ Name = 'MSGMNI'; Value = 902 } | Set-IpcLimit").Clean();
            Assert.Equal("902", Read("msgmni"));
        });

    [TheoryNeeding(Need.Root)]
    [InlineData("kernel.sem", "SEMMSL SEMMNS SEMOPM SEMMNI")]
    [InlineData("kernel/msgmax", "MSGMAX")]
    [InlineData("KERNEL.SHM*", "SHMMAX SHMALL SHMMNI")]
    public void Get_takes_the_name_of_a_sysctl_for_all_that_stand_in_it(string name, string expected) =>
        Sandbox.Run(box =>
            Assert.Equal(expected, string.Join(' ', box.Invoke($"Get-IpcLimit {name}").Clean().Names()))
        );

    [FactNeeding(Need.Root)]
    public void A_live_limit_is_set_where_it_was_read_and_a_record_of_it_anywhere() =>
        Sandbox.Run(box =>
        {
            var before = Read("msgmni");
            var limits = box.Invoke("Get-IpcLimit").Clean().Limits();
            Sandbox.Run(other =>
            {
                LimitBox.Set("kernel.msgmni", "77");
                var refused = other.Invoke("$limits | Set-IpcLimit", ("limits", limits));
                Assert.Equal(12, refused.ErrorIds.Count(id => id == "IpcChanged"));
                Assert.Contains(
                    "This SEMMSL was read in another IPC namespace.",
                    refused.ErrorText,
                    StringComparison.Ordinal
                );
                Assert.Equal("77", Read("msgmni"));
                const string records =
                    "$limits | ForEach-Object { [pscustomobject]@{ Name = $_.Name; Value = $_.Value } }";
                other.Invoke($"{records} | Set-IpcLimit", ("limits", limits)).Clean();
                Assert.Equal(before, Read("msgmni"));
            });
        });

    [FactNeeding(Need.Root)]
    public void What_the_kernel_fixes_is_passed_over_from_the_pipeline_alone() =>
        Sandbox.Run(box =>
        {
            var told = box.Invoke("[pscustomobject]@{ Name = 'SEMVMX'; Value = 5 } | Set-IpcLimit -Verbose")
                .Clean()
                .Written;
            Assert.Contains("SEMVMX was passed over: the kernel fixes it at 32767.", told, StringComparison.Ordinal);
            box.Invoke("Set-IpcLimit SEMVMX 5").Failing("LimitReadOnly");
        });

    [TheoryNeeding(Need.Root)]
    [InlineData("kernel.sem 301, 32001, 101, 129", "sem", "301\t32001\t101\t129")]
    [InlineData("KERNEL/SEM '301 32001  101\t129'", "sem", "301\t32001\t101\t129")]
    [InlineData("SHMMNI ([Math]::Ceiling(2730.1 * 1.5))", "shmmni", "4096")]
    [InlineData("kernel.shmmax 68719476736", "shmmax", "68719476736")]
    [InlineData("SHMALL Unlimited", "shmall", "18446744073692774399")]
    public void A_value_by_name(string arguments, string file, string expected) =>
        Sandbox.Run(box =>
        {
            LimitBox.Set("kernel.shmall", "5000");
            box.Invoke($"Set-IpcLimit {arguments}").Clean();
            Assert.Equal(expected, Read(file));
        });

    [TheoryNeeding(Need.Root)]
    [InlineData("Set-IpcLimit SEMMNI ", "300 32768")]
    [InlineData("Set-IpcLimit SEMMNI 32", "32768")]
    [InlineData("Set-IpcLimit SHMALL ", "unlimited 18446744073709551615")]
    [InlineData("Set-IpcLimit shmall -Value u", "unlimited")]
    [InlineData("Set-IpcLimit kernel.sem ", "'250 32000 32 300'")]
    [InlineData("Set-IpcLimit SEMVMX ", "")]
    [InlineData("Set-IpcLimit kernel.shm", "kernel.shmmax kernel.shmall kernel.shmmni")]
    [InlineData("Get-IpcLimit kernel.se", "kernel.sem")]
    public void Tab_offers_values_and_sysctls(string line, string expected) =>
        Sandbox.Run(box =>
        {
            LimitBox.Set("kernel.sem", "250 32000 32 300");
            Assert.Equal(expected, string.Join(' ', box.CompleteText(line)));
        });

    private static string Read(string file) => File.ReadAllText($"/proc/sys/kernel/{file}").TrimEnd();
}
