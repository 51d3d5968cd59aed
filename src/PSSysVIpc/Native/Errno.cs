using System.Runtime.InteropServices;

namespace PSSysVIpc.Native;

/// <summary>The kernel's error numbers that matter here, and the one place that turns them into errors.</summary>
internal static class Errno
{
    internal const int EPERM = 1;
    internal const int ENOENT = 2;
    internal const int ESRCH = 3;
    internal const int EINTR = 4;
    internal const int E2BIG = 7;
    internal const int EAGAIN = 11;
    internal const int EACCES = 13;
    internal const int EFAULT = 14;
    internal const int EEXIST = 17;
    internal const int EINVAL = 22;
    internal const int ENOSPC = 28;
    internal const int EROFS = 30;
    internal const int ENOSYS = 38;
    internal const int ENOMSG = 42;
    internal const int EIDRM = 43;
    internal const int EDQUOT = 122;

    /// <summary>
    /// An id that names nothing (any more): EINVAL, or EIDRM where the removal ran at the same time (semctl(2)).
    /// </summary>
    internal static bool IsGone(int errno) => errno is EINVAL or EIDRM;

    /// <summary>A file of /proc/PID whose process or thread has ended (proc(5)).</summary>
    internal static bool HasEnded(int errno) => errno is ENOENT or ESRCH;

    internal static bool IsDenied(int errno) => errno is EACCES or EPERM;

    internal static bool IsFull(int errno) => errno is ENOSPC or EDQUOT;

    /// <param name="errno">What the kernel said.</param>
    /// <param name="subject">What the call was about, as it begins a sentence: "Semaphore set 5".</param>
    /// <param name="action">What was tried, as a past participle: "removed".</param>
    /// <param name="target">The error's target object.</param>
    internal static IpcException ToException(int errno, string subject, string action, object? target)
    {
        var why = Marshal.GetPInvokeErrorMessage(errno);
        if (IsGone(errno))
            return new IpcNotFoundException($"{subject} does not exist (any more); nothing was {action}.", target);
        if (IsDenied(errno))
            return new IpcAccessDeniedException(
                $"{subject} could not be {action}: {why}. Its owner, its creator, or root (CAP_SYS_ADMIN) can do this.",
                target
            );
        return new IpcUnavailableException($"{subject} could not be {action}: {why} (error {errno}).", target);
    }

    /// <summary>A file of /proc that should be there and can't be read.</summary>
    internal static IpcUnavailableException ToUnavailable(int errno, string path) =>
        ToUnavailable(Marshal.GetPInvokeErrorMessage(errno), path);

    /// <summary>The same where the reason is known in words only.</summary>
    internal static IpcUnavailableException ToUnavailable(string why, string path) =>
        new(
            $"{path} can't be read: {why}. "
                + "System V IPC needs a Linux kernel built with it, and a /proc that is mounted whole (without "
                + "subset=pid).",
            path
        );
}
