using System.Runtime.InteropServices;
using PSSysVIpc.Ipc;
using PSSysVIpc.Native;

namespace PSSysVIpc.Limits;

/// <summary>
/// Sets limits, and sees to it that they are set or were never touched. The kernel has no compare-and-set: what another
/// program than ours writes between the last look and our own write is lost.
/// </summary>
internal sealed class LimitWriter(SysctlFile file)
{
    // One write takes no time. Who holds the lock for longer is no run of ours, and must not keep limits from being
    // set.
    private TimeSpan _patience = TimeSpan.FromSeconds(1);

    /// <summary>Why a sysctl can't be written, before anything is tried; null when it can.</summary>
    internal IpcException? FindObstacle(string sysctl, string subject) =>
        ToException(file.CheckWritable(sysctl), sysctl, subject);

    /// <summary>Carries out what was planned, each sysctl with one write.</summary>
    /// <param name="plans">What is to be done.</param>
    /// <param name="errors">Gets what went wrong.</param>
    /// <returns>The plans that were carried out.</returns>
    internal List<LimitPlan> Apply(IEnumerable<LimitPlan> plans, ICollection<IpcException> errors)
    {
        var done = new List<LimitPlan>();
        foreach (var plan in plans)
        {
            try
            {
                if (plan.Changes.Count > 0)
                    Apply(plan.Changes[0].Limit.Sysctl!, plan.Changes);
                done.Add(plan);
            }
            catch (IpcException e)
            {
                errors.Add(e);
            }
        }

        return done;
    }

    /// <summary>Sets some fields of one sysctl with one write.</summary>
    /// <param name="sysctl">kernel.sem, say.</param>
    /// <param name="changes">The limits in it that are to change.</param>
    /// <exception cref="IpcChangedException">One isn't any more what it was. Nothing was written.</exception>
    /// <exception cref="LimitNotAppliedException">
    /// They have not all become what they should. What was written is taken back.
    /// </exception>
    internal void Apply(string sysctl, IReadOnlyList<LimitChange> changes)
    {
        var names = string.Join(", ", changes.Select(change => change.Limit.Name));
        // Two runs of ours that set different fields of one sysctl must not write each other's old values back. The
        // lock is on the folder: .NET locks files that it reads, and a script that looks at one meanwhile would fail.
        using var held = FolderLock.Take(SysctlFile.Folder, _patience, CancellationToken.None, out _);
        if (held is null)
            _patience = TimeSpan.Zero;
        var before = file.Read(sysctl);
        if (changes.FirstOrDefault(change => before[change.Limit.Field] != change.Old) is { } changed)
        {
            throw new IpcChangedException(
                $"{names} {Were(changes)} left alone: {changed.Limit.Name} was {changed.Old} and has become "
                    + $"{before[changed.Limit.Field]}. "
                    + "Something else sets it too. Look again and decide anew.",
                changed.Limit.Name
            );
        }

        // The fields behind the last one that changes are not ours to write.
        var wanted = before[..(changes.Max(change => change.Limit.Field) + 1)];
        foreach (var change in changes)
            wanted[change.Limit.Field] = change.New;
        var errno = file.Write(sysctl, wanted);
        var after = file.Read(sysctl);
        if (errno == 0 && after.AsSpan(0, wanted.Length).SequenceEqual(wanted))
            return;

        after = TakeBack(sysctl, before, wanted, after);
        if (
            errno != 0
            && after.SequenceEqual(before)
            && ToException(errno, sysctl, $"{names} ({sysctl})") is { } refused
        )
            throw refused;
        var why =
            errno == 0
                ? "something else sets it too"
                : $"the kernel refused it: {Marshal.GetPInvokeErrorMessage(errno)}";
        throw new LimitNotAppliedException(
            $"{names} {Were(changes)} not set: {why}. {sysctl} is now '{string.Join(' ', after)}'; before, it was "
                + $"'{string.Join(' ', before)}'.",
            changes[0].Limit.Name
        );
    }

    // A refused write can have set the fields before the bad one (__do_proc_dointvec in kernel/sysctl.c). What is
    // neither is another program's, and stays.
    private Int128[] TakeBack(string sysctl, Int128[] before, Int128[] wanted, Int128[] after)
    {
        Int128[] restored = [.. wanted.Select((value, field) => after[field] == value ? before[field] : after[field])];
        if (after.AsSpan(0, restored.Length).SequenceEqual(restored))
            return after;
        file.Write(sysctl, restored);
        return file.Read(sysctl);
    }

    private static string Were(IReadOnlyList<LimitChange> changes) => changes.Count == 1 ? "was" : "were";

    private static IpcException? ToException(int errno, string sysctl, string subject) =>
        errno switch
        {
            0 => null,
            Errno.EROFS => new LimitReadOnlyException(
                $"{subject} can't be set: {SysctlFile.PathOf(sysctl)} is mounted read-only here, as in most "
                    + "containers. Set it where the container is started, or on the machine itself.",
                sysctl
            ),
            _ when Errno.IsDenied(errno) => new IpcAccessDeniedException(
                $"{subject} can't be set: {Marshal.GetPInvokeErrorMessage(errno)}. Root can do this (in a container, "
                    + "root of the user namespace that its IPC namespace belongs to).",
                sysctl
            ),
            _ => null,
        };
}
