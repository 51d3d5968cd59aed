using PSSysVIpc.Status;

namespace PSSysVIpc.Tests.Scenes;

/// <summary>What the verdict on a scene must be.</summary>
internal static class Expect
{
    internal static void Orphaned(SetScene set, HostScene host)
    {
        var verdict = Scene.Judge(set, host);
        Assert.True(verdict.Status == IpcStatus.Orphaned, verdict.Reason);
    }

    /// <summary>Stale, and every one of the texts is in the reason.</summary>
    internal static void Stale(SetScene set, HostScene host, params string[] reasons)
    {
        var verdict = Scene.Judge(set, host);
        Assert.Equal(IpcStatus.Stale, verdict.Status);
        Assert.All(reasons, reason => Assert.Contains(reason, verdict.Reason, StringComparison.Ordinal));
    }
}
