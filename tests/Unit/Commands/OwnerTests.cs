using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Commands;

public class OwnerTests
{
    private const string LongName = "a-service-account-of-32-letters-";

    [FactNeeding(Need.Root)]
    public void A_name_of_32_characters_is_whole_in_the_object() =>
        Sandbox.Run(box =>
        {
            Assert.Equal(32, LongName.Length);
            var user = FreshIds.Next();
            using var accounts = new PrivateAccounts((LongName, user));
            Sandbox.MakeSet(user);

            var set = box.Invoke($"Get-IpcSemaphore -Owner {LongName}").Clean().Set;

            Assert.Equal(
                (LongName, user, LongName, LongName, LongName),
                (set.Owner, set.OwnerId, set.Group, set.Creator, set.CreatorGroup)
            );
        });

    [FactNeeding(Need.Root)]
    public void Two_names_that_agree_in_their_first_ten_characters_are_two_owners() =>
        Sandbox.Run(box =>
        {
            uint first = FreshIds.Next(),
                second = FreshIds.Next();
            using var accounts = new PrivateAccounts(("application-one", first), ("application-two", second));
            Sandbox.MakeSet(first);
            var id = Sandbox.MakeSet(second);

            Assert.Equal(id, box.Invoke("Get-IpcSemaphore -Owner application-two").Clean().Set.Id);
            Assert.Equal(2, box.Invoke("Get-IpcSemaphore -Owner application*").Clean().Sets.Count);
        });

    [FactNeeding(Need.Root)]
    public void A_name_that_is_also_the_digits_of_a_key_is_only_a_name() =>
        Sandbox.Run(box =>
        {
            var user = FreshIds.Next();
            using var accounts = new PrivateAccounts(("deadbeef", user));
            Sandbox.MakeSet(FreshIds.Next(), key: 0xdeadbeef);
            var id = Sandbox.MakeSet(user);

            Assert.Equal(id, box.Invoke("Get-IpcSemaphore -Owner deadbeef").Clean().Set.Id);
        });

    [FactNeeding(Need.Root)]
    public void A_name_with_a_space_or_with_wildcard_characters_can_be_named() =>
        Sandbox.Run(box =>
        {
            uint spaced = FreshIds.Next(),
                bracketed = FreshIds.Next();
            using var accounts = new PrivateAccounts(
                ("domain user", spaced),
                ("x[ab]", bracketed),
                ("xa", FreshIds.Next())
            );
            Sandbox.MakeSet(spaced);
            Sandbox.MakeSet(bracketed);

            Assert.Equal(spaced, box.Invoke("Get-IpcSemaphore -Owner 'domain user'").Clean().Set.OwnerId);
            Assert.Equal(bracketed, box.Invoke("Get-IpcSemaphore -Owner 'x`[ab`]'").Clean().Set.OwnerId);
            Assert.Empty(box.Invoke("Get-IpcSemaphore -Owner 'x[ab]'").Clean().Output);
        });

    [FactNeeding(Need.Root)]
    public void An_owner_without_an_account_is_its_number() =>
        Sandbox.Run(box =>
        {
            var user = FreshIds.Next();
            Sandbox.MakeSet(user);
            Sandbox.MakeSet(4294967294);

            Assert.Equal($"{user}", box.Invoke($"Get-IpcSemaphore -Owner {user}").Clean().Set.Owner);
            var last = box.Invoke("Get-IpcSemaphore -Owner 4294967294").Clean().Set;
            Assert.Equal(("4294967294", 4294967294u), (last.Owner, last.OwnerId));
        });

    [FactNeeding(Need.Root)]
    public void A_literal_that_is_no_account_and_owns_nothing_is_an_error_and_the_others_come_out() =>
        Sandbox.Run(box =>
        {
            Sandbox.MakeSet(0);

            var outcome = box.Invoke("Get-IpcSemaphore -Owner nosuchuser, root, 4242424242, ROOT")
                .Failing("IpcUnknownUser", "IpcUnknownUser", "IpcUnknownUser");

            Assert.Equal("root", outcome.Set.Owner);
            Assert.Equal(["nosuchuser", "4242424242", "ROOT"], outcome.Errors.Select(error => error.TargetObject));
        });

    [FactNeeding(Need.Root)]
    public void A_known_owner_without_sets_and_a_wildcard_without_match_give_nothing() =>
        Sandbox.Run(box =>
        {
            Assert.Empty(box.Invoke("Get-IpcSemaphore -Owner daemon, 0, zzz*").Clean().Output);
        });
}
