using System.Diagnostics;
using System.Globalization;
using PSSysVIpc.Accounts;
using PSSysVIpc.Tests.Apache;
using PSSysVIpc.Tests.Commands.Completion;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Commands;

/// <summary>
/// A text that could be a user's name and his number: a name wins, as everywhere in POSIX, and a + in front says that a
/// number is meant. What is shown of an owner means that owner, and no other.
/// </summary>
public class NamedByDigitsTests
{
    [FactNeeding(Need.Root)]
    public void Whoever_is_named_by_the_digits_of_another_keeps_his_sets_and_the_other_one_his() =>
        Sandbox.Run(box =>
        {
            uint named = FreshIds.Next(),
                bob = FreshIds.Next();
            using var accounts = new PrivateAccounts(($"{bob}", named), ("bob", bob));
            int ofNamed = Sandbox.MakeLeftover(named),
                ofBob = Sandbox.MakeLeftover(bob);

            Assert.Equal(ofNamed, box.Invoke($"Get-IpcSemaphore -Owner {bob}").Clean().Set.Id);
            Assert.Equal(ofBob, box.Invoke($"Get-IpcSemaphore -Owner +{bob}").Clean().Set.Id);
            Assert.Equal(ofBob, box.Invoke($"Get-IpcSemaphore -Owner '+{bob}'").Clean().Set.Id);
            Assert.Equal(ofBob, box.Invoke("Get-IpcSemaphore -Owner bob").Clean().Set.Id);

            box.Invoke($"Get-IpcSemaphore -Owner {bob} | Remove-IpcSemaphore -AllowStale").Clean();
            Assert.False(TestLibc.Exists(ofNamed));
            Assert.True(TestLibc.Exists(ofBob));
            box.Invoke($"Get-IpcSemaphore -Owner +{bob} | Remove-IpcSemaphore -AllowStale").Clean();
            Assert.False(TestLibc.Exists(ofBob));
        });

    [FactNeeding(Need.Root)]
    public void Without_sets_he_is_still_who_is_meant() =>
        Sandbox.Run(box =>
        {
            uint named = FreshIds.Next(),
                bob = FreshIds.Next();
            using var accounts = new PrivateAccounts(($"{bob}", named), ("bob", bob));
            Sandbox.MakeSet(bob);
            Assert.Empty(box.Invoke($"Get-IpcSemaphore -Owner {bob}").Clean().Output);
        });

    [FactNeeding(Need.Root)]
    public void A_number_without_an_account_is_shown_so_that_it_means_nobody_who_is_named_by_it() =>
        Sandbox.Run(box =>
        {
            uint named = FreshIds.Next(),
                nobody = FreshIds.Next(),
                other = FreshIds.Next();
            using var accounts = new PrivateAccounts(($"{nobody}", named));
            int[] ids = [Sandbox.MakeSet(named), Sandbox.MakeSet(nobody), Sandbox.MakeSet(other)];

            var sets = box.Invoke("Get-IpcSemaphore").Clean().Sets;
            Assert.Equal([$"{nobody}", $"+{nobody}", $"{other}"], sets.Select(set => set.Owner));
            Assert.Equal([$"{nobody}", $"+{nobody}", $"{other}"], sets.Select(set => set.Creator));
            Assert.Equal([$"{nobody}", $"+{nobody}", $"{other}"], sets.Select(set => set.Group));
            Assert.Equal(
                ids,
                box.Invoke("Get-IpcSemaphore | ForEach-Object { Get-IpcSemaphore -Owner $_.Owner }")
                    .Clean()
                    .Sets.Select(set => set.Id)
            );
            // And so are those that Tab offers.
            Assert.Equal(
                ids.Order(),
                box.CompleteText("Get-IpcSemaphore -Owner ")
                    .Take(3)
                    .Select(owner => box.Invoke($"Get-IpcSemaphore -Owner {owner}").Clean().Set.Id)
                    .Order()
            );
        });

    [FactNeeding(Need.Root)]
    public void Of_two_accounts_with_one_name_only_the_first_is_shown_by_it() =>
        Sandbox.Run(box =>
        {
            uint first = FreshIds.Next(),
                second = FreshIds.Next();
            using var accounts = new PrivateAccounts(("dup", first), ("dup", second));
            int[] ids = [Sandbox.MakeSet(first), Sandbox.MakeSet(second)];
            Assert.Equal(["dup", $"+{second}"], box.Invoke("Get-IpcSemaphore").Clean().Sets.Select(set => set.Owner));
            Assert.Equal(
                ids,
                box.Invoke("Get-IpcSemaphore | ForEach-Object { Get-IpcSemaphore -Owner $_.Owner }")
                    .Clean()
                    .Sets.Select(set => set.Id)
            );
        });

    [FactNeeding(Need.Root)]
    public void A_name_that_could_not_be_looked_up_when_it_was_read_is_no_change() =>
        Sandbox.Run(box =>
        {
            uint named = FreshIds.Next(),
                nobody = FreshIds.Next();
            using var accounts = new PrivateAccounts(("bob", named));
            // Out of reach then, and now; and a name that never was the number's.
            box.Invoke(
                    $"[pscustomobject]@{{ Id = {Sandbox.MakeLeftover(named)}; OwnerId = {named}; Owner = '{named}' }} "
                        + "| Remove-IpcSemaphore -AllowStale"
                )
                .Clean();
            box.Invoke(
                    $"[pscustomobject]@{{ Id = {Sandbox.MakeLeftover(nobody)}; OwnerId = {nobody}; Owner = 'alice' }} "
                        + "| Remove-IpcSemaphore -AllowStale"
                )
                .Clean();
            var kept = Sandbox.MakeLeftover(named);
            box.Invoke(
                    $"[pscustomobject]@{{ Id = {kept}; OwnerId = {named}; Owner = 'alice' }} | Remove-IpcSemaphore "
                        + "-AllowStale"
                )
                .Failing("IpcChanged");
            box.Invoke($"[pscustomobject]@{{ Id = {kept}; Owner = '{named}' }} | Remove-IpcSemaphore -AllowStale")
                .Failing("IpcChanged");
            Assert.Equal(kept, box.Invoke("Get-IpcSemaphore").Clean().Set.Id);
        });

    [FactNeeding(Need.Root)]
    public void A_record_of_one_of_them_is_none_of_the_other() =>
        Sandbox.Run(box =>
        {
            uint named = FreshIds.Next(),
                nobody = FreshIds.Next();
            using var accounts = new PrivateAccounts(($"{nobody}", named));
            int ofNamed = Sandbox.MakeLeftover(named),
                ofNobody = Sandbox.MakeLeftover(nobody);
            box.Invoke($"[pscustomobject]@{{ Id = {ofNobody}; Owner = '{nobody}' }} | Remove-IpcSemaphore -AllowStale")
                .Failing("IpcChanged");
            box.Invoke($"[pscustomobject]@{{ Id = {ofNamed}; Owner = '+{nobody}' }} | Remove-IpcSemaphore -AllowStale")
                .Failing("IpcChanged");
            box.Invoke($"[pscustomobject]@{{ Id = {ofNobody}; Owner = '+{nobody}' }} | Remove-IpcSemaphore -AllowStale")
                .Clean();
            Assert.True(TestLibc.Exists(ofNamed));
        });

    [FactNeeding(Need.Root)]
    public void Each_name_of_an_id_means_its_owner() =>
        Sandbox.Run(box =>
        {
            var user = FreshIds.Next();
            using var accounts = new PrivateAccounts(("first", user), ("second name", user), (@"DOM\third", user));
            var id = Sandbox.MakeSet(user);
            foreach (
                var name in new[] { "first", "'second name'", @"'DOM\third'", $"{user}", $"+{user}", $"+00{user}" }
            )
                Assert.Equal(
                    (id, "first"),
                    box.Invoke($"Get-IpcSemaphore -Owner {name}").Clean().Set is var set ? (set.Id, set.Owner) : default
                );
            // A pattern is compared with what is shown.
            Assert.Empty(box.Invoke("Get-IpcSemaphore -Owner second*").Clean().Output);
        });

    [FactNeeding(Need.Root)]
    public void A_plus_before_anything_else_is_a_name_that_nobody_has() =>
        Sandbox.Run(box =>
        {
            Sandbox.MakeSet(0);
            foreach (
                var owner in new[] { "+root", "+", "++0", "+ 0", "+0x0", "+4294967295", "-0", "+4242424242", "0.0" }
            )
                box.Invoke("Get-IpcSemaphore -Owner $owner", ("owner", owner)).Failing("IpcUnknownUser");
            Assert.Equal(0u, box.Invoke("Get-IpcSemaphore -Owner +0").Clean().Set.OwnerId);
        });

    [FactNeeding(Need.Root)]
    public void A_directory_that_does_not_answer_leaves_numbers_and_makes_nobody_of_a_name() =>
        Sandbox.Run(_ =>
        {
            HangLookups();
            var clock = Stopwatch.StartNew();
            var names = new AccountNames(each: TimeSpan.FromMilliseconds(200), inAll: TimeSpan.FromMilliseconds(500));
            foreach (uint id in (uint[])[0, 1, 2, 3, 4])
                Assert.Equal(id.ToString(CultureInfo.InvariantCulture), names.User(id));
            Assert.Contains("it took too long", names.Problem, StringComparison.Ordinal);
            Assert.Throws<IpcUnavailableException>(() => names.FindUser("root"));
            Assert.Throws<IpcUnavailableException>(() => names.FindUser("0"));
            Assert.Equal(0u, names.FindUser("+0")?.Id);
            Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        });

    [FactNeeding(Need.Root)]
    public void Ctrl_C_ends_a_lookup_at_once() =>
        Sandbox.Run(box =>
        {
            Sandbox.MakeSet(0);
            HangLookups();
            var (stopped, ended) = box.InvokeAndStop("Get-IpcSemaphore", TimeSpan.FromSeconds(1));
            // Of a lookup that has five seconds.
            Assert.InRange(ended - stopped, TimeSpan.Zero, TimeSpan.FromSeconds(3));
        });

    // The C library opens the file, and waits for somebody who writes to the pipe.
    private static void HangLookups()
    {
        using var folder = new TempFolder();
        var pipe = folder.PathOf("pipe");
        using (var maker = Process.Start("mkfifo", [pipe]))
            maker.WaitForExit();
        TestLibc.UnshareMounts();
        TestLibc.BindMount(pipe, "/etc/passwd");
    }
}
