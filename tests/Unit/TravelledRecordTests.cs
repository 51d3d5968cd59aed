using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests;

/// <summary>Records that stand for a set: from a file, a job, another machine, or typed.</summary>
public class TravelledRecordTests
{
    private const string Serialize = "$r = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize((Get-IpcSemaphore)));";

    [FactNeeding(Need.Root)]
    public void A_serialized_set_of_this_boot_is_compared_and_removed() => Sandbox.Run(box =>
    {
        var id = Sandbox.MakeSet(0);

        var type = box.Invoke(Serialize + "$r.PSObject.TypeNames[0]; $r | Remove-IpcSemaphore -Force").Clean().Output[0];

        Assert.Equal("Deserialized.PSSysVIpc.IpcSemaphoreSet", type!.ToString());
        Assert.False(TestLibc.Exists(id));
    });

    [TheoryNeeding(Need.Root)]
    [InlineData("BootId", "[guid]::NewGuid()")]
    [InlineData("NamespaceId", "4026531839")]
    [InlineData("Key", "5")]
    [InlineData("Creator", "'daemon'")]
    [InlineData("CreatorId", "1")]
    [InlineData("CreatorGroup", "'daemon'")]
    [InlineData("Group", "'daemon'")]
    [InlineData("OwnerId", "1")]
    [InlineData("Owner", "'daemon'")]
    [InlineData("GroupId", "1")]
    [InlineData("CreatorGroupId", "''")]
    [InlineData("Mode", "'0666'")]
    [InlineData("Count", "2")]
    [InlineData("ChangeTime", "[datetime]'2020-01-01'")]
    [InlineData("ChangeTime", "'yesterday'")]
    [InlineData("LastOperationTime", "[datetime]'2020-01-01'")]
    [InlineData("Status", "'Orphaned'")]
    public void A_record_that_differs_in_what_it_carries_is_changed(string property, string value) => Sandbox.Run(box =>
    {
        var id = Sandbox.MakeSet(0);

        box.Invoke(Serialize + $"$r.{property} = {value}; $r | Remove-IpcSemaphore -Force").Failing("IpcChanged");
        box.Invoke($"[pscustomobject]@{{ Id = {id}; {property} = {value} }} | Remove-IpcSemaphore -Force").Failing("IpcChanged");

        Assert.True(TestLibc.Exists(id));
    });

    [FactNeeding(Need.Root)]
    public void A_record_of_the_same_set_in_the_words_of_CSV_or_JSON_is_taken() => Sandbox.Run(box =>
    {
        // What Export-Csv and ConvertTo-Json write: local time in the invariant culture, and ISO times with an offset.
        const string record = "[pscustomobject]@{ Id = \"$($s.Id)\"; Key = \"$($s.Key)\"; Owner = $s.Owner; OwnerId = \"$($s.OwnerId)\"; "
            + "BootId = \"$($s.BootId)\"; NamespaceId = \"$($s.NamespaceId)\"; Mode = $s.Mode; LastOperationTime = ''; ChangeTime = ";
        foreach (var time in new[] { "$s.ChangeTime.ToString([cultureinfo]::InvariantCulture)", "$s.ChangeTime.ToString('o')", "$s.ChangeTime.ToUniversalTime()" })
        {
            var id = Sandbox.MakeSet(0);
            box.Invoke($"$s = Get-IpcSemaphore; {record}{time} }} | Remove-IpcSemaphore -Force").Clean();
            Assert.False(TestLibc.Exists(id));
        }
    });

    [FactNeeding(Need.Root)]
    public void Semaphores_and_processes_stay_objects_through_jobs_and_remote_sessions() => Sandbox.Run(box =>
    {
        _ = TestLibc.Operate(Sandbox.MakeSet(0), 0, 1);

        // One level deep, as both of them send it.
        var facts = box.Invoke("""
            $r = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize((Get-IpcSemaphore), 1))
            $r.Semaphores[0].Value; $r.Semaphores[0].LastProcessId; $r.LastProcess[0].Id; $r.LastProcess[0].IsAlive
            """).Clean().Output;

        Assert.Equal([1, Environment.ProcessId, Environment.ProcessId, true], facts);
    });

    [FactNeeding(Need.Root)]
    public void A_serialized_record_that_does_not_say_from_which_boot_is_changed() => Sandbox.Run(box =>
    {
        var id = Sandbox.MakeSet(0);

        box.Invoke("""
            $xml = [Management.Automation.PSSerializer]::Serialize((Get-IpcSemaphore)) -replace '<G N="BootId">.*?</G>'
            [Management.Automation.PSSerializer]::Deserialize($xml) | Remove-IpcSemaphore -Force
            """).Failing("IpcChanged");

        Assert.True(TestLibc.Exists(id));
    });

    [TheoryNeeding(Need.Root)]
    [InlineData("BootId", "[guid]::NewGuid()", "it comes from another machine, or from before the last boot: its BootId was ")]
    [InlineData("NamespaceId", "4026531839", "it comes from another IPC namespace: its NamespaceId was 4026531839 and is ")]
    public void A_record_from_elsewhere_is_told_to_be_one(string property, string value, string words) => Sandbox.Run(box =>
    {
        Sandbox.MakeSet(0);
        Assert.Contains(words, box.Invoke(Serialize + $"$r.{property} = {value}; $r | Remove-IpcSemaphore -Force").Failing("IpcChanged").ErrorText, StringComparison.Ordinal);
    });

    [FactNeeding(Need.Root)]
    public void A_mode_that_has_lost_its_zero_in_a_spreadsheet_is_the_same() => Sandbox.Run(box =>
    {
        var id = Sandbox.MakeSet(0, mode: 0x180);

        box.Invoke($"[pscustomobject]@{{ Id = {id}; Mode = '660' }} | Remove-IpcSemaphore -Force").Failing("IpcChanged");
        box.Invoke($"[pscustomobject]@{{ Id = {id}; Mode = '' }} | Remove-IpcSemaphore -Force").Failing("IpcChanged");
        box.Invoke($"[pscustomobject]@{{ Id = {id}; Mode = '600' }} | Remove-IpcSemaphore -Force").Clean();

        Assert.False(TestLibc.Exists(id));
    });

    [TheoryNeeding(Need.Root)]
    [InlineData("Selected.PSSysVIpc.IpcSemaphoreSet")]
    [InlineData("CSV:PSSysVIpc.IpcSemaphoreSet")]
    [InlineData("Selected.Deserialized.PSSysVIpc.IpcSemaphoreSet", "; BootId = (Get-IpcSemaphore).BootId")]
    public void The_marks_of_a_journey_are_known(string type, string facts = "") => Sandbox.Run(box =>
    {
        var id = Sandbox.MakeSet(0);

        box.Invoke($"[pscustomobject]@{{ PSTypeName = '{type}'; Id = '{id}'; Count = 1{facts} }} | Remove-IpcSemaphore -Force").Clean();

        Assert.False(TestLibc.Exists(id));
    });

    [FactNeeding(Need.Root)]
    public void A_plain_record_with_an_Id_alone_is_taken() => Sandbox.Run(box =>
    {
        var id = Sandbox.MakeSet(0);

        box.Invoke($"[pscustomobject]@{{ Id = '{id}' }} | Remove-IpcSemaphore -Force").Clean();

        Assert.False(TestLibc.Exists(id));
    });

    [TheoryNeeding(Need.Root)]
    [InlineData("[pscustomobject]@{ Id = '' }")]
    [InlineData("[pscustomobject]@{ Id = $null }")]
    [InlineData("[pscustomobject]@{ Id = 'x' }")]
    [InlineData("[pscustomobject]@{ Id = -1 }")]
    [InlineData("[pscustomobject]@{ Name = 'x' }")]
    [InlineData("[pscustomobject]@{ Id = 0; Name = 'apache2'; CPU = '1.5' }")]
    [InlineData("[pscustomobject]@{ PSTypeName = 'PSSysVIpc.IpcMessageQueue'; Id = 0 }")]
    [InlineData("[pscustomobject]@{ PSTypeName = 'Selected.System.Diagnostics.Process'; Id = 0 }")]
    [InlineData("[pscustomobject]@{ PSTypeName = 'Deserialized.System.Diagnostics.Process'; Id = 0 }")]
    [InlineData("@{ Id = 0 }")]
    [InlineData("[Diagnostics.Process]::GetCurrentProcess()")]
    [InlineData("'semid'")]
    [InlineData("'0,0'")]
    [InlineData("''")]
    [InlineData("$null")]
    [InlineData("$true")]
    [InlineData("0.0")]
    [InlineData("[char]'0'")]
    [InlineData("-1")]
    [InlineData("2147483648")]
    public void What_is_no_set_and_no_id_is_bad_input(string input) => Sandbox.Run(box =>
    {
        var id = Sandbox.MakeSet(0);
        Assert.Equal(0, id);

        var piped = box.Invoke($"{input} | Remove-IpcSemaphore -Force").Failing("IpcBadInput");
        var given = box.Invoke($"Remove-IpcSemaphore -InputObject ({input}) -Force").Failing("IpcBadInput");

        Assert.Equal((false, true), (piped.IsTerminated, given.IsTerminated));
        Assert.True(TestLibc.Exists(id));
    });

    [FactNeeding(Need.Root)]
    public void A_process_does_not_remove_the_set_whose_id_is_its_number() => Sandbox.Run(box =>
    {
        var id = GetTests.WithId(Environment.ProcessId);

        box.Invoke("[Diagnostics.Process]::GetCurrentProcess() | Remove-IpcSemaphore -Force").Failing("IpcBadInput");

        Assert.True(TestLibc.Exists(id));
    });

    [FactNeeding(Need.Root)]
    public void A_record_that_fails_when_it_is_read_is_one_error_and_the_next_one_goes() => Sandbox.Run(box =>
    {
        var id = Sandbox.MakeSet(0);
        box.Invoke("""
            $throws = [pscustomobject]@{ Id = 0 }
            $throws.PSObject.Properties.Add([psscriptproperty]::new('Key', { throw 'no' }))
            $nameless = [pscustomobject]@{ Id = 0 }
            $nameless.PSObject.TypeNames.Clear()
            """).Clean();

        var outcome = box.Invoke($"$throws, $nameless, {id} | Remove-IpcSemaphore -Force").Failing("IpcBadInput", "IpcBadInput");

        Assert.False(outcome.IsTerminated);
        Assert.False(TestLibc.Exists(id));
    });

    [FactNeeding(Need.Root | Need.FirstPidNamespace)]
    public void A_member_laid_over_a_live_set_does_not_hide_what_was_read() => Sandbox.Run(box =>
    {
        var owner = FreshIds.Next();
        var id = Sandbox.MakeSet(owner);
        Sandbox.WaitOutRecentUse();
        box.Invoke("""
            $s = Get-IpcSemaphore
            $s.PSObject.Properties.Add([psnoteproperty]::new('Status', 'Stale'))
            """);
        using var successor = Actor.ActorProcess.Start("become", owner, owner, "");

        box.Invoke("$s | Remove-IpcSemaphore -Force").Failing("IpcChanged");

        Assert.True(TestLibc.Exists(id));
    });

    [TheoryNeeding(Need.Root)]
    [InlineData("de-DE")]
    [InlineData("en-GB")]
    [InlineData("th-TH")]
    [InlineData("fa-IR")]
    public void Times_are_taken_as_the_users_culture_writes_them(string culture) => Sandbox.Run(box =>
    {
        var id = Sandbox.MakeSet(0);

        box.Invoke($"""
            [cultureinfo]::CurrentCulture = '{culture}'
            $s = Get-IpcSemaphore
            [pscustomobject]@{"{"} Id = $s.Id; ChangeTime = $s.ChangeTime.ToString() {"}"} | Remove-IpcSemaphore -Force
            """).Clean();

        Assert.False(TestLibc.Exists(id));
    });

    [TheoryNeeding(Need.Root)]
    [InlineData("[PSSysVIpc.IpcSemaphoreSet]@{ Id = 0 }")]
    [InlineData("[PSSysVIpc.IpcSemaphoreSet][pscustomobject]@{ Id = '' }")]
    [InlineData("[PSSysVIpc.IpcSemaphoreSet]::new()")]
    [InlineData("[PSSysVIpc.IpcSemaphoreSet]0")]
    public void Nothing_can_be_cast_to_a_set(string cast) => Sandbox.Run(box => Assert.True(box.Invoke(cast).IsTerminated));
}
