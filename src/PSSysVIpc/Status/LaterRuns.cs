using PSSysVIpc.Ipc;
using PSSysVIpc.Processes;

namespace PSSysVIpc.Status;

/// <summary>
/// An object with a key whose program may come back to it: a job that a timer starts, a helper that runs as another
/// user, a worker that alone loads a module, a database between shutdown and start. Between two runs nobody is there.
/// </summary>
internal sealed class LaterRuns(HostSnapshot host)
{
    // Most of what runs again does so every day, or after less.
    private const int MostSeconds = 24 * 60 * 60;

    private readonly ReasonCache _reasons = new();

    /// <summary>Null where the object has no key, or nobody has touched it for a day.</summary>
    internal Reason? Describe(IpcFacts facts)
    {
        var touch = facts.LastTouch;
        var now = host.Now;
        // Of what is in the future something else is said.
        if (facts.Row.Key == 0 || touch > now || now - host.Clock.Latest(touch, now) >= MostSeconds)
            return null;
        // The clock may have been set since.
        var latest = now - touch >= MostSeconds ? ", or later, as the clock was set meanwhile" : "";
        var text =
            $"it was {Wording.LastTouch(facts, now)}{latest}, and a later run of its program could open it by its key";
        return _reasons.Of(text, Reason.FindLaterRun);
    }
}
