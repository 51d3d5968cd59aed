using Mono.Unix.Native;

namespace PSSysVIpc.Accounts;

/// <summary>
/// The C library's lookups of users and groups: in the machine's files, and in whatever directory nsswitch.conf names.
/// </summary>
internal static class NameService
{
    /// <returns>The name; null where no account has the id.</returns>
    internal static string? UserName(uint id)
    {
        _ = Syscall.getpwuid_r(id, new Passwd(), out var found);
        return found?.pw_name;
    }

    /// <returns>The name; null where no group has the id.</returns>
    internal static string? GroupName(uint id)
    {
        _ = Syscall.getgrgid_r(id, new Group(), out var found);
        return found?.gr_name;
    }

    /// <returns>The id; null where no account has the name. An account can have several names.</returns>
    internal static uint? UserId(string name)
    {
        _ = Syscall.getpwnam_r(name, new Passwd(), out var found);
        return found?.pw_uid;
    }

    /// <returns>The id; null where no group has the name.</returns>
    internal static uint? GroupId(string name)
    {
        _ = Syscall.getgrnam_r(name, new Group(), out var found);
        return found?.gr_gid;
    }
}
