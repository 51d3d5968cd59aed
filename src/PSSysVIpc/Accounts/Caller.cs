using System.Buffers.Text;
using PSSysVIpc.Native;

namespace PSSysVIpc.Accounts;

/// <summary>Who runs this.</summary>
internal static class Caller
{
    // Nobody has logged in: a service, or a job of cron. AUDIT_UID_UNSET of include/linux/audit.h.
    private const uint Unset = uint.MaxValue;

    private static readonly TimeSpan s_lookupTime = TimeSpan.FromSeconds(2);

    /// <summary>As whom it acts and, behind sudo or su, who has logged in: "root (logged in as alice)".</summary>
    internal static string Describe()
    {
        var names = new AccountNames(each: s_lookupTime, inAll: s_lookupTime);
        var actor = Libc.EffectiveUserId();
        return LoginId() is { } login && login != actor
            ? $"{names.User(actor)} (logged in as {names.User(login)})"
            : names.User(actor);
    }

    // proc_pid_loginuid(5): kept over sudo and su. There is none in a kernel without auditing.
    private static uint? LoginId() =>
        Utf8Parser.TryParse(new ProcFile().Read("/proc/self/loginuid", out _), out uint id, out _) && id != Unset
            ? id
            : null;
}
