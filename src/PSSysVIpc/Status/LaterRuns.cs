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

    // By the facts, and by what is said of them: a minute has many seconds.
    private readonly Dictionary<(bool IsUse, long Age, bool IsOld), Reason> _reasons = [];
    private readonly Dictionary<string, Reason> _byText = [];

    /// <summary>Null where the object has no key, or nobody has touched it for a day.</summary>
    internal Reason? Describe(IpcFacts facts)
    {
        if (facts.Row.Key == 0)
            return null;
        var touch = facts.LastTouch;
        var now = host.Now;
        // Of what is in the future something else is said.
        if (touch > now || now - host.Clock.Latest(touch, now) >= MostSeconds)
            return null;
        var key = (facts.IsLastTouchUse, Age: (long)(now - touch), IsOld: now - touch >= MostSeconds);
        if (!_reasons.TryGetValue(key, out var reason))
            _reasons[key] = reason = Explain(key.IsLastTouchUse, key.Age, key.IsOld);
        return reason;
    }

    private Reason Explain(bool isUse, long age, bool isOld)
    {
        // The clock may have been set since.
        var later = isOld ? ", or later, as the clock was set meanwhile" : "";
        var text =
            $"it was {Wording.LastTouch(isUse, age)}{later}, and a later run of its program could open it by its key";
        return _byText.TryGetValue(text, out var known) ? known : _byText[text] = new(text, Reason.FindLaterRun);
    }
}
