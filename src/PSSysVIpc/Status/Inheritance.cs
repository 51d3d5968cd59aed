using PSSysVIpc.Processes;

namespace PSSysVIpc.Status;

/// <summary>
/// Whose family was there when an object was made or, where it has a key, last used: from then on its id is handed
/// down from parent to child.
/// </summary>
internal static class Inheritance
{
    /// <summary>How much younger a family may be: servers make their sets first and fork after it, and clocks are slewed.</summary>
    private const int ToleranceSeconds = 60;

    /// <summary>The latest start of a family that can have been there at a time of the kernel's, in seconds since the epoch.</summary>
    internal static double Latest(long time, Scene scene) => scene.Clock.Latest(time, scene.Now) + ToleranceSeconds;

    /// <summary>
    /// When a process began, compared with a time; or, if that was too late, when the oldest of its family did. Null for
    /// too late or unknown.
    /// </summary>
    internal readonly record struct Timing(string? Own, string? Oldest);

    internal static Timing Compare(ProcessRecord process, long time, Scene scene)
    {
        return When(process) is { } own ? new(own, null) : new(null, When(scene.Processes.FamilyOf(process).Oldest));

        string? When(ProcessRecord? member) => member?.StartTime switch
        {
            null => null,
            { } start when start < time + 1 => "before",
            { } start when start <= time + ToleranceSeconds => "less than a minute after",
            { } start when start <= Latest(time, scene) => "(as the clock was set forward meanwhile) maybe before",
            _ => null,
        };
    }

    /// <summary>Why a process's family is old enough, in words.</summary>
    /// <param name="process">The process.</param>
    /// <param name="timing">How it compares with the time in question.</param>
    /// <param name="moment">What happened then: "the set was last changed".</param>
    /// <param name="scene">Where it was seen.</param>
    internal static string Describe(ProcessRecord process, Timing timing, string moment, Scene scene)
    {
        if (timing.Own is { } own)
            return $"it began {own} {moment}";
        // Its oldest forebear; where that isn't known, there was one that nobody can date any more.
        return timing.Oldest is { } when
            ? $"it descends from {Wording.Describe(scene.Processes.FamilyOf(process).Oldest!, scene)}, which began {when} {moment}"
            : "it descends from a process that has ended and may have had the id";
    }
}
