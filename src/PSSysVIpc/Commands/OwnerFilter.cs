using System.Globalization;
using System.Management.Automation;
using PSSysVIpc.Accounts;

namespace PSSysVIpc.Commands;

/// <summary>
/// One value of -Owner: a name, a name with wildcards, or a user id. Upper and lower case differ, as they do for the
/// kernel: Bob's leftovers are not bob's.
/// </summary>
internal sealed class OwnerFilter
{
    private readonly string _text;
    private readonly WildcardPattern? _pattern;
    private readonly uint? _id;

    /// <exception cref="IpcBadInputException">It is no pattern.</exception>
    internal OwnerFilter(string text)
    {
        _text = text;
        _pattern = ToPattern(text);
        if (_pattern is null && uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id != uint.MaxValue)
            _id = id;
    }

    internal bool Matches(uint owner, AccountNames names) =>
        owner == _id || (_pattern?.IsMatch(names.User(owner)) ?? names.User(owner) == Name);

    /// <summary>The error for a literal that matched nothing and is no account: a typo must not look like "all clean".</summary>
    /// <returns>Null where nothing is wrong.</returns>
    internal IpcUnknownUserException? CheckUnmatched(AccountNames names)
    {
        if (_pattern is not null || names.IsUser(Name) || (_id is { } id && names.IsUser(id)))
            return null;
        return new IpcUnknownUserException(
            $"No user '{Name}' is known here, and nothing belongs to one. Names are case-sensitive; "
                + "-Owner * shows everybody's.", Name);
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
                $"'{text}' is no owner and no pattern. A [ that belongs to a name is written with a backtick before it: `[", text);
        }
    }

    // A name may itself contain wildcard characters, escaped with a backtick.
    private string Name => WildcardPattern.Unescape(_text);
}
