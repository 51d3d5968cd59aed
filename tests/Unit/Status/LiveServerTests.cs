using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Status;

/// <summary>Servers that run as the owner of their set, in the forms that daemons take.</summary>
public class LiveServerTests
{
    [TheoryNeeding(Need.Root | Need.FirstPidNamespace)]
    [InlineData("create fork setsid serve", true)]
    [InlineData("create fork setsid fork serve", false)]
    [InlineData("helper create pass serve", false)]
    [InlineData("helper create pass setsid serve", true)]
    public void A_daemon_of_the_owner_keeps_its_set(string steps, bool isLeader) =>
        Sandbox.Run(_ =>
        {
            using var server = LiveServer.Start($"become {FreshIds.Next()} {steps}");
            Assert.Equal((true, isLeader), server.Position);
            SparedSets.Check(server);
        });

    [FactNeeding(Need.Root | Need.FirstPidNamespace)]
    public void The_commands_leave_its_set_alone() =>
        Sandbox.Run(box =>
        {
            using var server = LiveServer.Start($"become {FreshIds.Next()} create fork setsid serve");
            SparedSets.CheckCommands(box, server);
        });
}
