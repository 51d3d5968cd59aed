using PSSysVIpc.Native;
using PSSysVIpc.Tests.Scenes;
using static PSSysVIpc.Tests.Scenes.Scene;

namespace PSSysVIpc.Tests.Status.Rules;

/// <summary>A set of root's: some process of root always lives, so it says which could be meant.</summary>
public class RootsObjectTests
{
    private const string FindOut = "Find out whether its program still runs, or use -AllowStale.";

    private static readonly ProcessScene s_shell = Process(5).WithRootsRights();
    private static readonly ProcessScene s_server = Process(50).WithRootsRights().Calling(IpcCalls.Semaphore);

    [Fact]
    public void Those_are_named_whose_code_makes_such_calls()
    {
        Expect.Stale(
            Set().OwnedBy(0),
            Host(s_shell, s_server),
            "Stale: it is root's, and p50 (50, 0, since ",
            $") could be using it: it has code that makes such calls. {FindOut}"
        );
        var more = new[] { 51, 52, 53, 54 }.Select(id =>
            Process(id).WithRootsRights().Calling(id == 54 ? IpcCalls.Any : IpcCalls.Semaphore)
        );
        Expect.Stale(
            Set().OwnedBy(0),
            Host(s_server).With([.. more]),
            "p50 (50, ",
            "), p51 (51, ",
            ") and 2 more could be using it: they have code that makes such calls or code that can't be examined and "
        );
    }

    [Fact]
    public void Where_there_is_none_that_is_said()
    {
        Expect.Stale(
            Set().OwnedBy(0),
            Host(s_shell, s_server.Started(10)),
            "Stale: it is root's: no process of root's that was there when it was last changed and whose code shows "
                + "such "
                + "calls "
                + $"runs now; a program that root starts later could use it. {FindOut}"
        );
        Expect.Stale(
            Set().OwnedBy(0).WithKey(),
            Host(s_shell),
            "it is root's: no process of root's whose code shows such calls runs now; a program that root starts later"
        );
    }

    [Fact]
    public void One_that_has_a_key_may_be_young() =>
        Expect.Stale(Set().OwnedBy(0).WithKey(), Host(s_server.Started(10)), "and p50 (50, 0, since ");

    [Fact]
    public void Who_may_not_look_is_told_to_look_as_root() =>
        Expect.Stale(
            Set().OwnedBy(0),
            Host(s_shell.Calling(IpcCalls.Any)).SeenFrom(here => here with { MayTraceAll = false }),
            "it is root's, and which processes could be using it can't be seen from here. Look as the"
        );

    [Fact]
    public void What_roots_group_may_use_is_roots_as_well()
    {
        Expect.Stale(Set().CreatedBy(0, 0).WithMode("0660"), Host(s_server), "its mode 0660 lets root's group use it");
        Expect.Stale(Set().InGroup(0).WithMode("0640"), Host(), "its mode 0640 lets root's group use it: no process");
        Expect.Orphaned(Set().CreatedBy(0, 0), Host(s_shell));
    }

    [Fact]
    public void A_device_mapper_cookie_is_known_by_its_key()
    {
        Expect.Stale(
            Set().OwnedBy(0).WithKey(0x0d4d4a5c),
            Host(),
            "; its key 0x0d4d4a5c is that of a device-mapper cookie; ",
            "list cookies with dmsetup udevcookies and complete those left over with dmsetup udevcomplete_all",
            "or use -AllowStale."
        );
        Assert.DoesNotContain("cookie", Judge(Set().OwnedBy(0).WithKey(0x0d4e0001), Host()).Reason, default);
        Assert.DoesNotContain("cookie", Judge(Set().WithKey(0x0d4d0001), Host()).Reason, default);
    }
}
