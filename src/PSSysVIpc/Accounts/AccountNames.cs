using System.Globalization;
using PSSysVIpc.Native;

namespace PSSysVIpc.Accounts;

/// <summary>
/// Names of users and groups, each looked up once, and the users that names mean. An id without an account is its
/// number as text, with a + in front where the name or that text means another account. Numbers are all there is where
/// names can't be looked up: Mono.Posix's native helper can't be loaded (musl), or a directory server doesn't answer in
/// time.
/// <see cref="Problem"/> then says so.
/// </summary>
internal sealed class AccountNames
{
    private const string NumberSign = "+";

    // Long enough for any server that answers at all, also where the machine is too busy to ask it at once.
    private static readonly TimeSpan s_each = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_inAll = TimeSpan.FromSeconds(20);

    private readonly Dictionary<uint, string> _users = [];
    private readonly Dictionary<uint, string> _groups = [];
    private readonly ExaminationBudget _budget;
    private bool _isHelperMissing;

    /// <param name="each">How long one lookup may take; null for 5 seconds.</param>
    /// <param name="inAll">How long all of them may take; null for 20 seconds.</param>
    /// <param name="stop">Ends a lookup.</param>
    // Every lookup counts: a server that takes a little time for each of thousands of owners takes long, too.
    internal AccountNames(TimeSpan? each = null, TimeSpan? inAll = null, CancellationToken stop = default) =>
        _budget = new ExaminationBudget(each ?? s_each, inAll ?? s_inAll, free: TimeSpan.Zero, stop: stop);

    /// <summary>Why names can't be looked up here, or not all of them; null while they can.</summary>
    internal string? Problem { get; private set; }

    /// <exception cref="OperationCanceledException">The user has ended the pipeline.</exception>
    internal string User(uint id) => Name(_users, id, NameService.UserName, NameService.UserId);

    /// <exception cref="OperationCanceledException">The user has ended the pipeline.</exception>
    internal string Group(uint id) => Name(_groups, id, NameService.GroupName, NameService.GroupId);

    /// <summary>A user's number, so written that it can't be a name.</summary>
    internal static string Number(uint id) => NumberSign + Digits(id);

    /// <summary>Whether a text that stands for a user or group is its number.</summary>
    internal static bool IsNumber(string text, uint id) => text == Digits(id) || text == Number(id);

    /// <summary>
    /// Whom a text means: the account of that name or, where there is none, the user of that number, as for chown(1)
    /// and wherever else POSIX takes either. With a + in front it is always the number.
    /// </summary>
    /// <returns>The user's id and whether an account has it; null where the text means nobody.</returns>
    /// <exception cref="IpcUnavailableException">
    /// It can't be found out whether there is an account of that name.
    /// </exception>
    /// <exception cref="OperationCanceledException">The user has ended the pipeline.</exception>
    internal (uint Id, bool IsAccount)? FindUser(string text)
    {
        if (text.StartsWith(NumberSign, StringComparison.Ordinal) && ReadNumber(text[NumberSign.Length..]) is { } given)
            return (given, MayBeAccount(given));
        if (FindAccount(text) is { } account)
            return (account, true);
        return ReadNumber(text) is { } number ? (number, MayBeAccount(number)) : null;
    }

    private static string Digits(uint id) => id.ToString(CultureInfo.InvariantCulture);

    // The last one is -1, which means no user at all.
    private static uint? ReadNumber(string text) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id != uint.MaxValue
            ? id
            : null;

    private string Name(Dictionary<uint, string> known, uint id, Func<uint, string?> nameOf, Func<string, uint?> idOf)
    {
        if (known.TryGetValue(id, out var name))
            return name;
        TryAsk(() => Unambiguous(id, nameOf(id), idOf), out name);
        return known[id] = name ?? Digits(id);
    }

    // What is shown must mean this one and no other: two accounts can have one name, or one the digits of the other.
    private static string? Unambiguous(uint id, string? name, Func<string, uint?> idOf)
    {
        var shown = string.IsNullOrEmpty(name) ? Digits(id) : name;
        return idOf(shown) is { } meant && meant != id ? Number(id) : shown;
    }

    private uint? FindAccount(string name)
    {
        if (TryAsk(() => NameService.UserId(name), out var id))
            return id;
        // Without the helper it is a machine without directories, too.
        return _isHelperMissing
            ? LocalAccounts
                .Read()
                .Where(account => account.Name == name)
                .Select(account => (uint?)account.Id)
                .FirstOrDefault()
            : throw new IpcUnavailableException(
                $"Whether '{name}' is the name of a user could not be found out in time: does a directory server not "
                    + "answer? "
                    + $"A user id is taken without asking when it has a + in front ({NumberSign}1001).",
                name
            );
    }

    private bool MayBeAccount(uint id) =>
        TryAsk(() => NameService.UserName(id), out var name)
            ? name is not null
            : !_isHelperMissing || LocalAccounts.Read().Any(account => account.Id == id);

    /// <returns>False where nobody can be asked, or there is no answer in time.</returns>
    private bool TryAsk<T>(Func<T?> ask, out T? answer)
    {
        T? given = default;
        var isAnswered = false;
        try
        {
            isAnswered = !_isHelperMissing && _budget.TryExamineAside(_ => given = ask());
            if (!isAnswered && !_isHelperMissing)
                Problem =
                    "User and group names can't all be looked up here, so some numbers are shown: it took too long (5 "
                    + "seconds for one, or 20 for all).";
        }
        catch (Exception e) when (PosixHelper.IsLoadFailure(e))
        {
            _isHelperMissing = true;
            Problem =
                "User and group names can't be looked up here, so numbers are shown: "
                + "MonoPosixHelper.so, which the module brings, can't be loaded (it needs glibc and zlib).";
        }

        answer = isAnswered ? given : default;
        return isAnswered;
    }
}
