using PSSysVIpc.Native;
using PSSysVIpc.Tests.Scenes;
using static PSSysVIpc.Tests.Scenes.Scene;

namespace PSSysVIpc.Tests.Status.Rules;

/// <summary>A mode that lets every user in: whoever's code makes such calls could be using the set.</summary>
public class OpenModeTests
{
    private const int MadeAgo = 3_600;

    private static readonly ProcessScene s_caller = Process(5).Calling(IpcCalls.Semaphore);

    [Theory]
    [InlineData("0604")]
    [InlineData("0602")]
    [InlineData("0666")]
    public void Any_process_whose_code_makes_such_calls_could_be_using_it(string mode) =>
        Expect.Stale(
            Set().WithMode(mode),
            Host(s_caller),
            $"p5 (5, {Stranger}, since ",
            $"could be using it: its mode {mode} lets every user open it, it has code that makes such calls, and it "
                + "began before the set was last changed. Stop it or use -AllowStale."
        );

    [Theory]
    [InlineData("0660")]
    [InlineData("0601")]
    public void A_mode_that_lets_no_other_user_in(string mode) => Expect.Orphaned(Set().WithMode(mode), Host(s_caller));

    [Theory]
    [InlineData(IpcCalls.None)]
    [InlineData(IpcCalls.SharedMemory)]
    internal void Whose_code_makes_no_such_calls_does_not_count(IpcCalls calls) =>
        Expect.Orphaned(Set().WithMode("0666"), Host(s_caller.Calling(calls)));

    [Theory]
    [InlineData(IpcCalls.Any, "code that can't be examined and may make such calls")]
    [InlineData(IpcCalls.Unexamined, "code that could not be examined in the time there is for that")]
    internal void Whose_code_can_not_be_examined_could_be_using_it(IpcCalls calls, string reason) =>
        Expect.Stale(Set().WithMode("0666"), Host(s_caller.Calling(calls)), $"it has {reason}");

    [Fact]
    public void Whose_code_only_root_may_look_at_need_not_be_stopped() =>
        Expect.Stale(
            Set().WithMode("0666"),
            Host(s_caller.Calling(IpcCalls.Any)).SeenFrom(here => here with { MayTraceAll = false }),
            "code that can't be looked at from here and may make such calls",
            ". Look as the machine's root or use -AllowStale."
        );

    [Fact]
    public void Its_owner_counts_whatever_his_code() =>
        Expect.Stale(Set().WithMode("0666"), Host(Process(6).As(Owner)), "it runs as its owner");

    [Fact]
    public void A_younger_family_counts_only_where_there_is_a_key()
    {
        var young = Host(s_caller.Started(MadeAgo - 61));
        Expect.Orphaned(Set().WithMode("0666"), young);
        Expect.Stale(Set().WithMode("0666").WithKey().Changed(Day), young, "such calls, and could open it by its key");
    }

    [Fact]
    public void Who_is_in_another_IPC_namespace_can_not_reach_it() =>
        Expect.Orphaned(Set().WithMode("0666"), Host(s_caller.InOtherNamespace()));
}
