using System.Management.Automation;
using PSSysVIpc.Boot;
using PSSysVIpc.Ipc;

namespace PSSysVIpc.Commands;

/// <summary>
/// <c>Remove-IpcLimitPersistence</c>: takes limits out of /etc/sysctl.d/60-pssysvipc.conf, where Set-IpcLimit -Persist
/// has put them. What runs now stays as it is.
/// </summary>
[Cmdlet(VerbsCommon.Remove, "IpcLimitPersistence", SupportsShouldProcess = true)]
public sealed class RemoveIpcLimitPersistenceCommand : IpcCommand
{
    /// <summary>
    /// Names of limits, or names with wildcards, in any case. Without it, all that the file sets. The fields of
    /// kernel.sem are one setting and go together.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PersistedLimitNameCompleter))]
    public string[]? Name { get; set; }

    private readonly List<string> _names = [];

    /// <summary>Takes names: the file is written once, when all are known.</summary>
    private protected override void Process() => _names.AddRange(Name ?? []);

    /// <summary>Asks, and takes out what is not to be set at the next boot any more.</summary>
    private protected override void End()
    {
        // A pipeline that named nothing means nothing, and not all.
        if (_names.Count == 0 && MyInvocation.ExpectingInput)
            return;
        var present = Require(() => DropInFile.Read()).Keys;
        var selection = Require(() => new LimitSelection(_names.Count > 0 ? [.. _names] : null));
        foreach (var error in selection.Errors)
            WriteError(error);
        LimitDefinition[] named = [.. selection.Limits(null)];
        if (_names.Count > 0)
            TellMissing(named, present);
        string[] meant = [.. present.Where(sysctl => named.Any(limit => limit.Sysctl == sysctl))];
        if (IsWhatIf() && meant.Length > 0)
        {
            Require(() =>
            {
                DropInFile.CheckWritable();
                return DropInFile.Preview("", content => content.Without(meant));
            });
        }

        string[] sysctls = [.. meant.Where(sysctl => Ask(sysctl, named))];
        if (present.Count == 0)
            WriteVerbose($"{DropInFile.Path} sets no limits, so there is nothing to remove.");
        if (sysctls.Length == 0 || Stop.IsCancellationRequested)
            return;
        Require(() =>
        {
            DropInFile.Change("", content => content.Without(sysctls), stop: Stop);
            return true;
        });
        var statement = $"{DropInFile.Path} does not set {string.Join(", ", sysctls)} any more";
        LimitLog.Write([statement]);
        WriteVerbose($"{statement}. What runs now stays as it is.");
    }

    // Only for names without wildcards: a pattern may match what was never set.
    private void TellMissing(LimitDefinition[] named, IReadOnlyList<string> present)
    {
        // What Set-IpcLimit -Persist takes from the pipeline can be given back whole: the limits that the kernel fixes
        // were in it.
        foreach (
            var limit in named.Where(limit =>
                !present.Contains(limit.Sysctl)
                && (limit.Sysctl is not null || !MyInvocation.ExpectingInput)
                && _names.Contains(limit.Name, StringComparer.OrdinalIgnoreCase)
            )
        )
        {
            WriteError(
                new IpcNotFoundException(
                    $"{DropInFile.Path} does not set "
                        + $"{limit.Name}{(limit.Sysctl is null ? ", which the kernel fixes" : $" ({limit.Sysctl})")}. "
                        + "Nothing was changed for it.",
                    limit.Name
                )
            );
        }
    }

    private bool Ask(string sysctl, LimitDefinition[] named)
    {
        LimitDefinition[] all = [.. LimitTable.All.Where(limit => limit.Sysctl == sysctl)];
        string[] others = [.. all.Except(named).Select(limit => limit.Name)];
        if (others.Length > 0)
            WriteWarning(
                $"{string.Join(", ", others)} will go with "
                    + $"{string.Join(", ", all.Intersect(named).Select(limit => limit.Name))}: {sysctl} is one setting."
            );
        var what =
            $"{sysctl} ({string.Join(", ", all.Select(limit => limit.Name))}) from {DropInFile.Path}; what runs now "
            + "stays";
        return ShouldProcess($"Removing {what}", $"Remove {what}?", "Remove persisted limit");
    }
}
