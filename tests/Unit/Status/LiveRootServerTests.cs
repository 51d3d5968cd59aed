using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Status;

/// <summary>Servers of root that made their set as another user, of whom no process is left.</summary>
public class LiveRootServerTests
{
    [TheoryNeeding(Need.Root | Need.FirstPidNamespace)]
    [InlineData("seteuid USER create back serve", false, false)]
    [InlineData("seteuid USER create back fork setsid serve", true, true)]
    [InlineData("seteuid USER create back fork setsid fork serve", true, false)]
    [InlineData("helper seteuid USER create pass serve", true, false)]
    [InlineData("helper seteuid USER create pass setsid serve", true, true)]
    public void A_server_that_made_its_set_as_another_user_keeps_it(string steps, bool isReparented, bool isLeader) =>
        Sandbox.Run(_ =>
        {
            using var server = LiveServer.Start(steps.Replace("USER", $"{FreshIds.Next()}", StringComparison.Ordinal));
            Assert.Equal((isReparented, isLeader), server.Position);
            SparedSets.Check(server);
        });
}
