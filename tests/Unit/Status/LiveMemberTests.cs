using PSSysVIpc.Tests.Actor;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Status;

/// <summary>Servers that have a right to their set by a group alone.</summary>
public class LiveMemberTests
{
    private const int GroupMayUse = 0x1B0;
    private const int GroupMayNot = 0x180;

    [TheoryNeeding(Need.Root | Need.FirstPidNamespace)]
    [InlineData(Membership.Primary, false)]
    [InlineData(Membership.Primary, true)]
    [InlineData(Membership.Supplementary, false)]
    [InlineData(Membership.Supplementary, true)]
    [InlineData(Membership.OneThread, false)]
    [InlineData(Membership.OneThread, true)]
    public void A_member_of_the_group_keeps_the_set_and_not_one_that_the_group_may_not_use(
        Membership membership,
        bool isCreatorGroup
    ) =>
        Sandbox.Run(_ =>
        {
            var (group, other) = (FreshIds.Next(), FreshIds.Next());
            var (owners, creators) = isCreatorGroup ? (other, group) : (group, other);
            var open = MakeSet(GroupMayUse, owners, creators);
            var closed = MakeSet(GroupMayNot, owners, creators);
            ActorProcess.Operate(open, 0, 1);
            var user = FreshIds.Next();
            using var server = membership switch
            {
                Membership.Primary => LiveServer.Start($"set {open} join {group} {user} become {user} serve"),
                Membership.Supplementary => LiveServer.Start($"set {open} join {user} {group} become {user} serve"),
                _ => LiveServer.StartThreadInGroup(open, group, user),
            };

            var verdict = Judging.JudgeLater(closed);
            Assert.True(verdict.Status == "Orphaned", verdict.Reason);
            SparedSets.Check(server);
        });

    /// <summary>How a process is in a group.</summary>
    public enum Membership
    {
        Primary,
        Supplementary,
        OneThread,
    }

    private static int MakeSet(int mode, uint group, uint creatorGroup)
    {
        var id = TestLibc.AsUser(FreshIds.Next(), creatorGroup, () => TestLibc.MakeSet(0, 1, mode));
        TestLibc.SetOwner(id, FreshIds.Next(), group, mode);
        return id;
    }
}
