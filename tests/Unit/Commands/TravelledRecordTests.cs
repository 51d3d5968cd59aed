using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Commands;

/// <summary>Records that stand for a set: from a file, a job, another machine, or typed.</summary>
public class TravelledRecordTests
{
    private const string Serialize =
        "$r = "
        + "[Management.Automation.PSSerializer]::Deserialize("
        + "[Management.Automation.PSSerializer]::Serialize((Get-IpcSemaphore)));";

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
    [InlineData("SemaphoreCount", "2")]
    [InlineData("ChangeTime", "[datetime]'2020-01-01'")]
    [InlineData("ChangeTime", "'yesterday'")]
    [InlineData("LastOperationTime", "[datetime]'2020-01-01'")]
    [InlineData("Status", "'Orphaned'")]
    public void A_record_that_differs_in_what_it_carries_is_changed(string property, string value) =>
        Sandbox.Run(box =>
        {
            var id = Sandbox.MakeSet(0);

            box.Invoke(Serialize + $"$r.{property} = {value}; $r | Remove-IpcSemaphore -Force").Failing("IpcChanged");
            box.Invoke($"[pscustomobject]@{{ Id = {id}; {property} = {value} }} | Remove-IpcSemaphore -Force")
                .Failing("IpcChanged");

            Assert.True(TestLibc.Exists(id));
        });

    [FactNeeding(Need.Root)]
    public void A_mode_that_has_lost_its_zero_in_a_spreadsheet_is_the_same() =>
        Sandbox.Run(box =>
        {
            var id = Sandbox.MakeSet(0, mode: 0x180);

            box.Invoke($"[pscustomobject]@{{ Id = {id}; Mode = '660' }} | Remove-IpcSemaphore -Force")
                .Failing("IpcChanged");
            box.Invoke($"[pscustomobject]@{{ Id = {id}; Mode = '' }} | Remove-IpcSemaphore -Force")
                .Failing("IpcChanged");
            box.Invoke($"[pscustomobject]@{{ Id = {id}; Mode = '600' }} | Remove-IpcSemaphore -Force").Clean();

            Assert.False(TestLibc.Exists(id));
        });

    [TheoryNeeding(Need.Root)]
    [InlineData("Selected.PSSysVIpc.IpcSemaphoreSet")]
    [InlineData("CSV:PSSysVIpc.IpcSemaphoreSet")]
    [InlineData("Selected.Deserialized.PSSysVIpc.IpcSemaphoreSet", "; BootId = (Get-IpcSemaphore).BootId")]
    public void The_marks_of_a_journey_are_known(string type, string facts = "") =>
        Sandbox.Run(box =>
        {
            var id = Sandbox.MakeSet(0);

            box.Invoke(
                    $"[pscustomobject]@{{ PSTypeName = '{type}'; Id = '{id}'; SemaphoreCount = 1{facts} }} | "
                        + "Remove-IpcSemaphore -Force"
                )
                .Clean();

            Assert.False(TestLibc.Exists(id));
        });

    [TheoryNeeding(Need.Root)]
    [InlineData("[pscustomobject]@{ Id = 0; Name = 'apache2'; CPU = '1.5' }")]
    [InlineData("[pscustomobject]@{ PSTypeName = 'PSSysVIpc.IpcMessageQueue'; Id = 0 }")]
    [InlineData("[pscustomobject]@{ PSTypeName = 'Selected.System.Diagnostics.Process'; Id = 0 }")]
    [InlineData("[pscustomobject]@{ PSTypeName = 'Deserialized.System.Diagnostics.Process'; Id = 0 }")]
    public void A_record_that_names_another_kind_is_bad_input(string input) =>
        Sandbox.Run(box =>
        {
            var id = Sandbox.MakeSet(0);
            Assert.Equal(0, id);

            var piped = box.Invoke($"{input} | Remove-IpcSemaphore -Force").Failing("IpcBadInput");
            var given = box.Invoke($"Remove-IpcSemaphore -InputObject ({input}) -Force").Failing("IpcBadInput");

            Assert.Equal((false, true), (piped.IsTerminated, given.IsTerminated));
            Assert.True(TestLibc.Exists(id));
        });

    [FactNeeding(Need.Root)]
    public void A_record_that_fails_when_it_is_read_is_one_error_and_the_next_one_goes() =>
        Sandbox.Run(box =>
        {
            var id = Sandbox.MakeSet(0);
            box.Invoke(
                    """
                    $throws = [pscustomobject]@{ Id = 0 }
                    $throws.PSObject.Properties.Add([psscriptproperty]::new('Key', { throw 'no' }))
                    $nameless = [pscustomobject]@{ Id = 0 }
                    $nameless.PSObject.TypeNames.Clear()
                    """
                )
                .Clean();

            var outcome = box.Invoke($"$throws, $nameless, {id} | Remove-IpcSemaphore -Force")
                .Failing("IpcBadInput", "IpcBadInput");

            Assert.False(outcome.IsTerminated);
            Assert.False(TestLibc.Exists(id));
        });

    [FactNeeding(Need.Root | Need.FirstPidNamespace)]
    public void A_member_laid_over_a_live_set_does_not_hide_what_was_read() =>
        Sandbox.Run(box =>
        {
            var owner = FreshIds.Next();
            var id = Sandbox.MakeSet(owner);
            Sandbox.WaitOutRecentUse();
            box.Invoke(
                """
                $s = Get-IpcSemaphore
                $s.PSObject.Properties.Add([psnoteproperty]::new('Status', 'Stale'))
                """
            );
            using var successor = Actor.ActorProcess.Start("become", owner, owner, "");

            box.Invoke("$s | Remove-IpcSemaphore -Force").Failing("IpcChanged");

            Assert.True(TestLibc.Exists(id));
        });

    [TheoryNeeding(Need.Root)]
    [InlineData("de-DE")]
    [InlineData("en-GB")]
    [InlineData("th-TH")]
    [InlineData("fa-IR")]
    public void Times_are_taken_as_the_users_culture_writes_them(string culture) =>
        Sandbox.Run(box =>
        {
            var id = Sandbox.MakeSet(0);

            box.Invoke(
                    $"""
                    [cultureinfo]::CurrentCulture = '{culture}'
                    $s = Get-IpcSemaphore
                    $record = [pscustomobject]@{"{"} Id = $s.Id; ChangeTime = $s.ChangeTime.ToString() {"}"}
                    $record | Remove-IpcSemaphore -Force
                    """
                )
                .Clean();

            Assert.False(TestLibc.Exists(id));
        });
}
