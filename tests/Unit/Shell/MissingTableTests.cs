using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Shell;

/// <summary>A /proc that is not whole: nothing to list isn't the same as nothing there.</summary>
public class MissingTableTests
{
    [TheoryNeeding(Need.Root | Need.UtilLinux)]
    [InlineData(ShellSetting.SubsetPid, "Get-IpcSemaphore", "/proc/sys/kernel/random/boot_id")]
    [InlineData(ShellSetting.SubsetPid, "Remove-IpcSemaphore 0", "/proc/sys/kernel/random/boot_id")]
    [InlineData(ShellSetting.SubsetPid, "Get-IpcLimit", "/proc/sys/kernel/random/boot_id")]
    public void The_command_fails_and_says_what_is_missing(string mount, string command, string path)
    {
        var run = ShellProcess.Run(new ShellSetting { Mount = mount }, "-c", command).Ending(1);

        Assert.Equal("", run.Output);
        Assert.Contains($"{path} can't be read", run.Error, StringComparison.Ordinal);
        Assert.Contains("subset=pid", run.Error, StringComparison.Ordinal);
    }

    [TheoryNeeding(Need.Root | Need.UtilLinux)]
    [InlineData("ipcmk -S 1", "Get-IpcSemaphore")]
    [InlineData("ipcmk -M 1", "Get-IpcSharedMemory")]
    [InlineData("ipcmk -Q", "Get-IpcMessageQueue")]
    public void Objects_are_listed_also_without_their_table(string make, string command) =>
        Assert.Equal(
            "0 1\n",
            ShellProcess
                .Run(
                    new ShellSetting { Mount = ShellSetting.NoTables },
                    "-c",
                    $"1..2 | ForEach-Object {{ $null = {make} }}; \"$(({command}).Id)\""
                )
                .Clean()
                .Output
        );

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void How_much_of_the_limits_is_used_is_known_also_without_the_tables()
    {
        const string show =
            "$e = $null; $all = Get-IpcLimit -ErrorAction SilentlyContinue -ErrorVariable e; "
            + "\"$($all.Count) limits, $(@($all.Used).Where{ $null -ne $_ }.Count) used, $($all[3].Value), "
            + "$($all.Status -join ' '): $($e.FullyQualifiedErrorId)\"";
        var run = ShellProcess.Run(new ShellSetting { Mount = ShellSetting.NoTables }, "-c", show).Clean();
        Assert.Equal("12 limits, 5 used, 32000, Ok Ok Ok Ok Ok Ok Ok Ok Ok Ok Ok Ok: \n", run.Output);
    }

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void The_error_is_IpcUnavailable() =>
        Assert.Equal(
            ["IpcUnavailable"],
            ShellProcess.ErrorIdsOf(
                new ShellSetting { Mount = ShellSetting.SubsetPid },
                "try { Get-IpcSemaphore } catch { }"
            )
        );
}
