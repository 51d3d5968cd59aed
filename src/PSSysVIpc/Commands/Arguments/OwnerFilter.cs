using System.Management.Automation;
using PSSysVIpc.Accounts;

namespace PSSysVIpc.Commands;

/// <summary>
/// One value of -Owner: a name, a name with wildcards, or a user id. A name wins over a number, and a number with a +
/// in front is never a name. Wildcards are compared with the owner as it is shown; there upper and lower case differ,
/// as they do for the kernel: Bob's leftovers are not bob's.
/// </summary>
internal sealed class OwnerFilter
{
    private readonly string _text;
    private readonly WildcardPattern? _pattern;
    private (uint Id, bool IsAccount)? _user;
    private bool _isFound;

    /// <exception cref="IpcBadInputException">It is no pattern.</exception>
    internal OwnerFilter(string text)
    {
        _text = text;
        _pattern = ToPattern(text);
    }

    /// <exception cref="IpcUnavailableException">It can't be found out whom it means.</exception>
    internal bool Matches(uint owner, AccountNames names) =>
        _pattern?.IsMatch(names.User(owner)) ?? Find(names)?.Id == owner;

    /// <summary>
    /// The error for a literal that matched nothing and is no account: a typo must not look like "all clean".
    /// </summary>
    /// <returns>Null where nothing is wrong.</returns>
    internal IpcUnknownUserException? CheckUnmatched(AccountNames names)
    {
        if (_pattern is not null || Find(names) is { IsAccount: true })
            return null;
        return new IpcUnknownUserException(
            $"No user '{Name}' is known here, and nothing belongs to one. Names are case-sensitive; "
                + "-Owner * shows everybody's.",
            Name
        );
    }

    private (uint Id, bool IsAccount)? Find(AccountNames names)
    {
        if (!_isFound)
            (_user, _isFound) = (names.FindUser(Name), true);
        return _user;
    }

    private static WildcardPattern? ToPattern(string text)
    {
        try
        {
            return Wildcards.Read(text, WildcardOptions.None);
        }
        catch (WildcardPatternException)
        {
            throw new IpcBadInputException(
                $"'{text}' is no owner and no pattern. A [ that belongs to a name is written with a backtick before "
                    + "it: `[",
                text
            );
        }
    }

    // A name may itself contain wildcard characters, escaped with a backtick.
    private string Name => WildcardPattern.Unescape(_text);
}
