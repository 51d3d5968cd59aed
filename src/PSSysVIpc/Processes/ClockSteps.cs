using PSSysVIpc.Native;

namespace PSSysVIpc.Processes;

/// <summary>
/// How far the clock was set forward since boot. An object keeps the time that the clock showed when it was made
/// (ktime_get_real_seconds in ipc/sem.c); when a process began is counted from boot (do_task_stat in fs/proc/array.c),
/// and moves along when the clock is set. After a virtual machine was paused for
/// an hour, or began with a wrong clock, every process looks an hour younger than what it made.
/// </summary>
internal sealed class ClockSteps
{
    // The time of boot is a whole second, and a leap second is no step.
    private const int Slack = 2;

    // Made at boot, by the kernel and by what it starts first, and kept in memory: so they can't be older than that.
    private static readonly string[] s_madeAtBoot = ["/dev", "/run"];

    private readonly double? _bootTime;
    private readonly double[] _steps;

    /// <param name="bootTime">
    /// When the machine was started by today's clock, in seconds since the epoch; null for unknown.
    /// </param>
    /// <param name="births">
    /// What the clock showed when things were made of which it is known that they were made at boot.
    /// </param>
    internal ClockSteps(double? bootTime, params IEnumerable<double> births)
    {
        _bootTime = bootTime;
        _steps = bootTime is { } boot ? [.. births.Select(birth => boot - birth).Where(step => step > Slack)] : [];
    }

    internal static ClockSteps Read(double? bootTime) =>
        new(bootTime, s_madeAtBoot.Select(Libc.BirthInMemory).OfType<double>());

    /// <summary>
    /// What a time that the kernel keeps of an object can be at the latest by today's clock, in seconds since the
    /// epoch.
    /// </summary>
    /// <param name="time">The time as the kernel keeps it.</param>
    /// <param name="now">Today's clock.</param>
    internal double Latest(long time, double now)
    {
        // What is older than the boot that it can't outlive was made any time since.
        if (time < _bootTime - Slack)
            return now;
        double latest = time;
        foreach (var step in _steps)
        {
            // Nothing is from the future: where a step leads there, the object was made after it.
            if (time + step <= now)
                latest = Math.Max(latest, time + step);
        }

        return latest;
    }
}
