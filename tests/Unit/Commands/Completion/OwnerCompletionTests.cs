using System.Collections;
using PSSysVIpc.Commands;
using PSSysVIpc.Tests.Apache;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Commands.Completion;

public class OwnerCompletionTests
{
    // Names as a directory server may have them, and worse.
    private static readonly string[] s_oddNames =
    [
        @"DOM\user name",
        "user@dom.example",
        "x[ab]",
        "o'neil",
        "tick`s",
        "tick`[s",
        "ticks``",
        "host$",
        "a;b&c",
        "star*",
        "what?",
        @"end\",
        "007",
        "1kb",
        "‘curly’",
        "two words",
        ".dot",
    ];

    [FactNeeding(Need.Root)]
    public void Who_owns_something_comes_first_and_then_the_accounts() =>
        Sandbox.Run(box =>
        {
            uint user = FreshIds.Next(),
                numbered = FreshIds.Next();
            using var accounts = new PrivateAccounts(("zz-owner", user), ("aa-idle", FreshIds.Next()));
            Sandbox.MakeSet(user);
            Sandbox.MakeSet(user);
            Sandbox.MakeSet(numbered);

            var offered = box.Complete("Get-IpcSemaphore -Owner ");

            Assert.Equal(
                [$"{numbered}", "zz-owner", "_apt", "aa-idle"],
                offered.Take(4).Select(result => result.CompletionText)
            );
            Assert.Equal(
                ["1 semaphore set", "2 semaphore sets", "no semaphore set", "no semaphore set"],
                offered.Take(4).Select(result => result.ToolTip)
            );
            Assert.Single(offered, result => result.CompletionText == "zz-owner");
            Assert.Contains(offered, result => result.CompletionText == "root");
            Assert.Equal(["zz-owner"], box.CompleteText("Get-IpcSemaphore -Owner ZZ"));
        });

    [FactNeeding(Need.Root)]
    public void The_other_parameters_leave_only_owners_of_what_they_mean() =>
        Sandbox.Run(box =>
        {
            var user = FreshIds.Next();
            Sandbox.MakeSet(user, key: 0xbeef);
            Sandbox.MakeSet(0);

            Assert.Equal([$"{user}"], box.CompleteText("Get-IpcSemaphore 0 -Owner "));
            Assert.Equal([$"{user}"], box.CompleteText("Get-IpcSemaphore -Key 0xbeef -Owner "));
            Assert.Empty(box.CompleteText("Get-IpcSemaphore 99 -Owner "));
        });

    [FactNeeding(Need.Root)]
    public void A_name_with_blanks_quotes_or_wildcards_is_offered_so_that_it_finds_its_sets() =>
        Sandbox.Run(box =>
        {
            var users = s_oddNames.ToDictionary(name => name, _ => FreshIds.Next());
            using var accounts = new PrivateAccounts([.. users.Select(user => (user.Key, user.Value))]);
            foreach (var id in users.Values)
                Sandbox.MakeSet(id);

            foreach (var offered in box.Complete("Get-IpcSemaphore -Owner ").Take(s_oddNames.Length))
            {
                var found = box.Invoke($"Get-IpcSemaphore -Owner {offered.CompletionText}").Clean().Set;
                Assert.Equal((offered.ListItemText, users[offered.ListItemText]), (found.Owner, found.OwnerId));
            }
        });

    [FactNeeding(Need.Root)]
    public void It_may_be_typed_with_any_quotes_and_escapes() =>
        Sandbox.Run(box =>
        {
            using var accounts = new PrivateAccounts(
                (@"DOM\user name", FreshIds.Next()),
                ("x[ab]", FreshIds.Next()),
                ("o'neil", FreshIds.Next())
            );

            foreach (var typed in new[] { @"dom\", @"'DOM\user n", "\"DOM\\user n", "\"dom\\user name\"" })
                Assert.Equal([@"'DOM\user name'"], box.CompleteText($"Get-IpcSemaphore -Owner {typed}"));
            foreach (var typed in new[] { "x", "'x[", "'x`[", "x``[", "'x`[ab`]'" })
                Assert.Equal(["'x`[ab`]'"], box.CompleteText($"Get-IpcSemaphore -Owner {typed}"));
            foreach (var typed in new[] { "'o''n", "\"o'n" })
                Assert.Equal(["'o''neil'"], box.CompleteText($"Get-IpcSemaphore -Owner {typed}"));
        });

    [FactNeeding(Need.Root)]
    public void Where_the_kernel_tells_nothing_nothing_is_offered_and_nothing_is_said() =>
        Sandbox.Run(box =>
        {
            Sandbox.MakeSet(0, key: 0xbeef);
            using var folder = new TempFolder();
            TestLibc.UnshareMounts();
            TestLibc.BindMount(folder.AddFile("empty", ""), "/proc/sys/kernel/random/boot_id");

            foreach (var parameter in new[] { "-Id", "-Key", "-Owner" })
                Assert.Empty(box.CompleteText($"Get-IpcSemaphore {parameter} "));
        });

    [FactNeeding(Need.Root)]
    public void A_cmdlet_of_another_name_completes_nothing() =>
        Sandbox.Run(_ =>
            Assert.Empty(new IpcOwnerCompleter().CompleteArgument("Get-Process", "Owner", "", null!, new Hashtable()))
        );
}
