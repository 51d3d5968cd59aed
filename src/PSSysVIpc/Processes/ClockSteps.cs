using PSSysVIpc.Native;

namespace PSSysVIpc.Processes;

/// <summary>
/// How the clock was set since boot. An object keeps the time that the clock showed when it was made
/// (ktime_get_real_seconds in ipc/sem.c); when a process began is counted from boot (do_task_stat in fs/proc/array.c),
/// and moves along when the clock is set. After a virtual machine was paused for an hour, or began with a wrong clock,
/// every process looks an hour younger than what it made. What was set is known in sum only, so it gives rise to doubt
/// and proves nothing.
/// </summary>
internal sealed class ClockSteps
{
    // The time of boot is a whole second, and a leap second is no step.
    private const int Slack = 2;

    // A clock that runs a little fast is set back by so much again and again, and was never wrong by more.
    private const int BackSlack = 60;

    // A machine that reads its hardware clock late makes things before, in the epoch's first hour.
    private const double Unset = 3_600;

    // Made at boot, by the kernel and by what it starts first, and kept in memory: so they can't be older than that.
    private static readonly string[] s_madeAtBoot = ["/dev", "/run"];

    private readonly double? _bootTime;
    private readonly double _step;
    private readonly bool _wasSetBack;

    /// <param name="bootTime">
    /// When the machine was started by today's clock, in seconds since the epoch; null for unknown.
    /// </param>
    /// <param name="births">
    /// What the clock showed when things were made of which it is known that they were made at boot.
    /// </param>
    internal ClockSteps(double? bootTime, params IEnumerable<double> births)
    {
        _bootTime = bootTime;
        double? largest = null;
        foreach (var birth in births)
        {
            if (birth > Unset && bootTime - birth is { } step)
                largest = Math.Max(largest ?? step, step);
        }

        _step = largest is > Slack ? largest.Value : 0;
        _wasSetBack = largest < -BackSlack;
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
        // What is older than the boot that it can't outlive was made any time since. And where the clock was set back,
        // who knows how far it was set forward besides.
        if (_wasSetBack || time < _bootTime - Slack)
            return Math.Max(time, now);
        // Nothing is from the future. That a whole step leads there says nothing: it may be the sum of several, of
        // which the object has seen some.
        return Math.Max(time, Math.Min(time + _step, now));
    }
}
