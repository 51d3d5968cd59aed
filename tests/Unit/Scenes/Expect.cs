using PSSysVIpc.Status;

namespace PSSysVIpc.Tests.Scenes;

/// <summary>What the verdict on a scene must be.</summary>
internal static class Expect
{
    internal static void Orphaned(IFactsScene scene, HostScene host, params string[] reasons) =>
        Status(IpcStatus.Orphaned, scene, host, reasons);

    /// <summary>Stale, and every one of the texts is in the reason.</summary>
    internal static void Stale(IFactsScene scene, HostScene host, params string[] reasons) =>
        Status(IpcStatus.Stale, scene, host, reasons);

    /// <summary>The same for InUse.</summary>
    internal static void InUse(IFactsScene scene, HostScene host, params string[] reasons) =>
        Status(IpcStatus.InUse, scene, host, reasons);

    private static void Status(string status, IFactsScene scene, HostScene host, string[] reasons)
    {
        var verdict = Scene.Judge(scene, host);
        Assert.True(verdict.Status == status, verdict.Reason);
        Assert.All(reasons, reason => Assert.Contains(reason, verdict.Reason, StringComparison.Ordinal));
    }
}
