using System.Numerics;
using PSSysVIpc.Ipc;

namespace PSSysVIpc.Limits;

/// <summary>
/// What one pipeline wants of the limits. Nothing is set before all of it is known, as some of them share a sysctl.
/// </summary>
/// <param name="isFloor">Whether limits shall be at least what is wanted, and what is more is left.</param>
internal sealed class LimitRequest(bool isFloor)
{
    private readonly Dictionary<LimitDefinition, BigInteger> _wanted = [];
    private readonly HashSet<LimitDefinition> _refused = [];

    /// <summary>What a limit that was taken shall be.</summary>
    internal BigInteger this[LimitDefinition limit] => _wanted[limit];

    /// <summary>
    /// The limits that were taken, in the order of the table: those of one sysctl together, one that the kernel fixes
    /// alone.
    /// </summary>
    internal IEnumerable<LimitDefinition[]> BySysctl =>
        LimitTable
            .All.Where(_wanted.ContainsKey)
            .GroupBy(limit => limit.Sysctl ?? limit.Name)
            .Select(group => group.ToArray());

    /// <summary>Takes what a limit shall be.</summary>
    /// <exception cref="IpcBadInputException">It shall be something else, too.</exception>
    /// <exception cref="LimitReadOnlyException">Nor can it be set.</exception>
    internal void Take(LimitDefinition limit, BigInteger value)
    {
        if (_wanted.TryAdd(limit, value) || _wanted[limit] == value)
            return;
        if (isFloor)
        {
            _wanted[limit] = BigInteger.Max(_wanted[limit], value);
            return;
        }

        throw limit.Sysctl is null
            ? LimitCheck.Fixed(limit)
            : new IpcBadInputException(
                $"{limit.Name} is to become both {_wanted[limit]} and {value}. {limit.Name} was left alone.",
                limit.Name
            );
    }

    /// <summary>Whether a value is as a limit that was taken shall be.</summary>
    internal bool IsMetBy(LimitDefinition limit, BigInteger value) =>
        value == _wanted[limit] || (isFloor && _wanted[limit] >= 0 && value > _wanted[limit]);

    /// <summary>
    /// What shares its sysctl must not be set without a limit that can't be set as it should, nor that with half of
    /// what was meant.
    /// </summary>
    internal void Refuse(LimitDefinition limit) => _refused.Add(limit);

    internal bool IsRefused(LimitDefinition limit) => _refused.Contains(limit);

    /// <summary>The first limit of a sysctl that was refused; null when there is none.</summary>
    internal LimitDefinition? FindRefused(string? sysctl) =>
        sysctl is null ? null : LimitTable.Of(sysctl).FirstOrDefault(_refused.Contains);
}
