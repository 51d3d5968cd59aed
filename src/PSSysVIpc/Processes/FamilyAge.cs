namespace PSSysVIpc.Processes;

/// <summary>How the start of a process compares with a time that the kernel keeps of an object.</summary>
internal enum StartedWhen
{
    /// <summary>Too late to have been there, or nobody knows.</summary>
    TooLateOrUnknown,

    /// <summary>Before it.</summary>
    Before,

    /// <summary>
    /// Less than a minute after it: servers make their sets first and fork after it, and clocks are slewed.
    /// </summary>
    LessThanAMinuteAfter,

    /// <summary>Maybe before it, as the clock was set forward since boot.</summary>
    MaybeBefore,
}

/// <summary>
/// Whether a process, or the oldest of its living family, was there at a time of an object's. An id is handed down from
/// parent to child (fork(2)), so whose family is younger can't have it.
/// </summary>
/// <param name="Own">When the process began.</param>
/// <param name="Oldest">If that was too late, when the oldest of its family did.</param>
internal readonly record struct FamilyAge(StartedWhen Own, StartedWhen Oldest)
{
    private const int ToleranceSeconds = 60;

    /// <summary>
    /// The latest start of a family that can have been there at a time of the kernel's, in seconds since the epoch.
    /// </summary>
    internal static double Latest(long time, HostSnapshot host) => host.Clock.Latest(time, host.Now) + ToleranceSeconds;

    /// <param name="process">The process.</param>
    /// <param name="time">What the kernel keeps of the object: whole seconds since the epoch.</param>
    /// <param name="host">Where the process was seen.</param>
    internal static FamilyAge Compare(ProcessRecord process, long time, HostSnapshot host)
    {
        var own = When(process);
        return own != StartedWhen.TooLateOrUnknown
            ? new(own, StartedWhen.TooLateOrUnknown)
            : new(own, When(host.Processes.FamilyOf(process).Oldest));

        StartedWhen When(ProcessRecord? member) =>
            member?.StartTime switch
            {
                null => StartedWhen.TooLateOrUnknown,
                { } start when start < time + 1 => StartedWhen.Before,
                { } start when start <= time + ToleranceSeconds => StartedWhen.LessThanAMinuteAfter,
                { } start when start <= Latest(time, host) => StartedWhen.MaybeBefore,
                _ => StartedWhen.TooLateOrUnknown,
            };
    }
}
