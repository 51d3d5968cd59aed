using System.Collections;
using System.Management.Automation;
using PSSysVIpc.Ipc;

namespace PSSysVIpc.Commands;

/// <summary>Finds out which limits were piped or given as -InputObject, and what they shall be.</summary>
/// <param name="kernel">Where they are to be set.</param>
/// <param name="skip">Is told why something is passed over.</param>
internal sealed class LimitResolver(IpcKernel kernel, Action<string> skip)
{
    private const char ByteOrderMark = '\ufeff';
    private static readonly string[] s_lineEnds = ["\r\n", "\n"];

    // What the names of limits begin with, and what begins so and is none: Documentation/admin-guide/sysctl/kernel.rst.
    private static readonly string[] s_beginnings = ["kernel.sem", "kernel.shm", "kernel.msg"];
    private static readonly string[] s_others = ["_next_id", ".shm_rmid_forced"];

    private const string Needed =
        "Pipe what Get-IpcLimit returns, records with Name and Value, or lines as 'kernel.shmmni = 4096'.";

    /// <param name="input">A limit, a record with Name and Value, or a line of a file for sysctl.</param>
    /// <returns>Several of a text of several lines; none of what is to be passed over.</returns>
    /// <exception cref="IpcBadInputException">It is none of these.</exception>
    /// <exception cref="IpcNotFoundException">There is no such limit.</exception>
    /// <exception cref="IpcChangedException">It is a limit of somewhere else.</exception>
    internal IEnumerable<(LimitTarget Target, object? Value)> Resolve(PSObject? input) =>
        input?.BaseObject is string text
            ? text.TrimStart(ByteOrderMark)
                .Split(s_lineEnds, StringSplitOptions.None)
                .Select(FromLine)
                .OfType<(LimitTarget, object?)>()
            : new[] { ResolveOne(input) }.OfType<(LimitTarget, object?)>();

    private (LimitTarget, object?)? ResolveOne(PSObject? input) =>
        input?.BaseObject switch
        {
            IpcLimit live => FromLive(live),
            IDictionary table => FromNamed(
                table[nameof(IpcLimit.Name)]?.ToString(),
                table[nameof(IpcLimit.Value)],
                table
            ),
            // Of a hashtable's GetEnumerator.
            DictionaryEntry entry => FromNamed(entry.Key.ToString(), entry.Value, entry),
            PSCustomObject
                when TypeOf(input) is { } type
                    && (type == typeof(IpcLimit).FullName || type == typeof(PSCustomObject).FullName) => FromRecord(
                input
            ),
            PSCustomObject => throw Bad($"A record of the type {TypeOf(input)} is no limit. {Needed}", input),
            _ => throw Bad($"{WholeNumber.Show(input)} is no limit. {Needed}", input),
        };

    private (LimitTarget, object?)? FromLive(IpcLimit live)
    {
        if ((live.BootId, live.NamespaceId) != (kernel.BootId, kernel.NamespaceId))
        {
            throw new IpcChangedException(
                $"This {live.Name} was read "
                    + (
                        live.BootId == kernel.BootId
                            ? "in another IPC namespace"
                            : "on another machine or before its boot"
                    )
                    + ". Nothing was set for it. Read it again here, or give its Name and Value.",
                live
            );
        }

        return Settable(LimitTarget.Find(live.Name)!, live.Value);
    }

    private (LimitTarget, object?)? FromLine(string line)
    {
        if (LimitLine.IsIdle(line))
        {
            skip($"Passed over, as it sets nothing: '{Printable.Of(line.Trim(), 60)}'.");
            return null;
        }

        var setting =
            LimitLine.Read(line)
            ?? throw Bad($"{WholeNumber.Show(line)} is no line 'name = value'. Nothing was set for it. {Needed}", line);
        if (LimitTarget.Find(setting.Name) is { } target)
            return Settable(target, setting.Value);
        if (MayMeanALimit(setting.Name))
        {
            throw Bad(
                $"{WholeNumber.Show(line)} seems to be about a limit, and has no name of one before the equals sign. "
                    + "Nothing was set for it. Write the name alone there: kernel.sem, kernel.shmmni, SEMMNI.",
                line
            );
        }

        skip($"Passed over, as it is about no limit of System V IPC: '{Printable.Of(line.Trim(), 60)}'.");
        return null;
    }

    // "sysctl -w kernel.sem", "/proc/sys/kernel/shmmni", "kernel.shm*", "kernel.shmmi".
    private static bool MayMeanALimit(string name)
    {
        var text = name.Replace('/', '.');
        return s_beginnings.Any(beginning => text.Contains(beginning, StringComparison.OrdinalIgnoreCase))
            && !s_others.Any(other => text.EndsWith(other, StringComparison.OrdinalIgnoreCase));
    }

    private (LimitTarget, object?)? FromRecord(PSObject record)
    {
        return FromNamed(ValueOf(nameof(IpcLimit.Name))?.ToString(), ValueOf(nameof(IpcLimit.Value)), record);

        object? ValueOf(string property) =>
            record.Properties[property] is { } found ? IpcIdentity.ValueOf(found, record) : null;
    }

    private (LimitTarget, object?)? FromNamed(string? name, object? value, object record)
    {
        if (string.IsNullOrWhiteSpace(name))
            throw Bad(
                "A record without the name of a limit: it needs the properties Name and Value. Nothing was set for it.",
                record
            );
        return Settable(LimitTarget.Find(name) ?? throw LimitSelection.Unknown(name), value);
    }

    // What was read with all others comes back with them.
    private (LimitTarget, object?)? Settable(LimitTarget target, object? value)
    {
        if (target.Limits[0] is { Sysctl: null } fixedOne)
        {
            skip($"{fixedOne.Name} was passed over: the kernel fixes it at {fixedOne.FixedValue}.");
            return null;
        }

        return (target, value);
    }

    private static string? TypeOf(PSObject input) => TravelMarks.Strip(input.TypeNames.FirstOrDefault() ?? "", out _);

    private static IpcBadInputException Bad(string message, object? target) => new(message, WholeNumber.Unwrap(target));
}
