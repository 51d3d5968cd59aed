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

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void Sets_are_listed_also_without_their_table() =>
        Assert.Equal(
            "0 1\n",
            ShellProcess
                .Run(
                    new ShellSetting { Mount = ShellSetting.NoTables },
                    "-c",
                    "1..2 | ForEach-Object { $null = ipcmk -S 1 }; \"$((Get-IpcSemaphore).Id)\""
                )
                .Clean()
                .Output
        );

    [FactNeeding(Need.Root | Need.UtilLinux)]
    public void The_limits_are_there_all_the_same_without_how_much_is_used()
    {
        const string show =
            "$e = $null; $all = Get-IpcLimit -ErrorAction SilentlyContinue -ErrorVariable e; "
            + "\"$($all.Count) limits, $(@($all.Used).Where{ $null -ne $_ }.Count) used, $($all[3].Value), "
            + "$($all.Status -join ' '): $($e.FullyQualifiedErrorId)\"";
        var run = ShellProcess.Run(new ShellSetting { Mount = ShellSetting.NoTables }, "-c", show).Clean();
        Assert.Equal(
            "12 limits, 2 used, 32000, Ok Ok Ok Ok Ok Ok Unknown Unknown Ok Ok Ok Unknown: "
                + "IpcUnavailable,PSSysVIpc.Commands.GetIpcLimitCommand\n",
            run.Output
        );
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
