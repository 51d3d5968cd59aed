using System.Globalization;
using Mono.Unix;

namespace PSSysVIpc.Accounts;

/// <summary>
/// Names of users and groups, each looked up once. An id without an account is its number as text; so are all ids
/// where Mono.Posix's native helper can't be loaded (musl), and <see cref="Problem"/> then says so.
/// </summary>
internal sealed class AccountNames
{
    private readonly Dictionary<uint, string> _users = [];
    private readonly Dictionary<uint, string> _groups = [];

    /// <summary>Why names can't be looked up here at all; null while they can.</summary>
    internal string? Problem { get; private set; }

    internal string User(uint id) => Name(_users, id, static id => new UnixUserInfo(id).UserName);

    internal string Group(uint id) => Name(_groups, id, static id => new UnixGroupInfo(id).GroupName);

    /// <summary>Whether this is the name of an account of this machine.</summary>
    internal bool IsUser(string name) => Lookup(() => new UnixUserInfo(name).UserName) is not null;

    /// <summary>Whether this number has an account on this machine.</summary>
    internal bool IsUser(uint id) => Lookup(() => new UnixUserInfo(id).UserName) is not null;

    private string Name(Dictionary<uint, string> known, uint id, Func<long, string> ask)
    {
        if (!known.TryGetValue(id, out var name))
            known[id] = name = Lookup(() => ask(id)) ?? id.ToString(CultureInfo.InvariantCulture);
        return name;
    }

    private T? Lookup<T>(Func<T?> ask)
    {
        if (Problem is not null)
            return default;
        try
        {
            return ask();
        }
        catch (ArgumentException)
        {
            return default;
        }
        catch (Exception e) when (IsLoadFailure(e))
        {
            Problem = "User and group names can't be looked up here, so numbers are shown: "
                + "MonoPosixHelper.so, which the module brings, can't be loaded (it needs glibc and zlib).";
            return default;
        }
    }

    // The failed load comes wrapped when it happens in a static constructor.
    private static bool IsLoadFailure(Exception e) =>
        e is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException
        || (e is TypeInitializationException && e.InnerException is { } inner && IsLoadFailure(inner));
}
