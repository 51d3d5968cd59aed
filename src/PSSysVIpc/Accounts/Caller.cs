using System.Buffers.Text;
using PSSysVIpc.Native;

namespace PSSysVIpc.Accounts;

/// <summary>Who runs this.</summary>
internal static class Caller
{
    // Nobody has logged in: a service, or a job of cron. AUDIT_UID_UNSET of include/linux/audit.h.
    private const uint Unset = uint.MaxValue;

    private static readonly TimeSpan s_lookupTime = TimeSpan.FromSeconds(2);

    // They seldom change, and a directory server may be slow.
    private static (uint Actor, uint? Login, string Text)? s_known;

    /// <summary>As whom it acts and, behind sudo or su, who has logged in: "root (logged in as alice)".</summary>
    internal static string Describe()
    {
        var (actor, login) = (Libc.EffectiveUserId(), LoginId());
        if (s_known is { } known && known.Actor == actor && known.Login == login)
            return known.Text;
        var names = new AccountNames(each: s_lookupTime, inAll: s_lookupTime);
        var text = Printable.Of(names.User(actor));
        if (login is { } id && id != actor)
            text += $" (logged in as {Printable.Of(names.User(id))})";
        // There, root is whoever has made it.
        if (NamespaceLink.Read("/proc/self/ns/user") != NamespaceLink.FirstUserNamespace)
            text += " of a user namespace";
        s_known = (actor, login, text);
        return text;
    }

    // proc_pid_loginuid(5): kept over sudo and su. There is none in a kernel without auditing.
    private static uint? LoginId() =>
        Utf8Parser.TryParse(new ProcFile().Read("/proc/self/loginuid", out _), out uint id, out _) && id != Unset
            ? id
            : null;
}
