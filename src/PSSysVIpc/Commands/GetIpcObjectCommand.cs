using System.Management.Automation;
using PSSysVIpc.Ipc;
using PSSysVIpc.Kinds;
using PSSysVIpc.Status;

namespace PSSysVIpc.Commands;

/// <summary>What the Get cmdlets of all IPC kinds share: the filters, their order and the errors.</summary>
/// <typeparam name="TObject">What the cmdlet returns.</typeparam>
public abstract class GetIpcObjectCommand<TObject> : IpcCommand
    where TObject : IpcObject
{
    private protected GetIpcObjectCommand() { }

    /// <summary>Ids, 0 to 2147483647. One that isn't there is an IpcNotFound error; the others still come out.</summary>
    [Parameter(Position = 0)]
    [WholeNumberArgument("id", 0, int.MaxValue)]
    [ArgumentCompleter(typeof(IpcIdCompleter))]
    public int[]? Id { get; set; }

    /// <summary>Keys, as 0x text or a number. 0 (IPC_PRIVATE) is no key and is refused.</summary>
    [Parameter]
    [IpcKeyArgument]
    [ArgumentCompleter(typeof(IpcKeyCompleter))]
    public uint[]? Key { get; set; }

    /// <summary>Owners: names, names with wildcards, or user ids. Upper and lower case differ.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IpcOwnerCompleter))]
    public string[]? Owner { get; set; }

    /// <summary>Only objects of these statuses: InUse, Stale, Orphaned, Unknown.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ValidateSet(IpcStatus.InUse, IpcStatus.Stale, IpcStatus.Orphaned, IpcStatus.Unknown)]
    public string[]? Status { get; set; }

    private protected abstract IpcFamily<TObject> Open(IpcKernel kernel);

    /// <summary>Reads and writes the objects.</summary>
    private protected override void Process()
    {
        var family = Require(() => Open(IpcKernel.OpenCurrent()));
        var inspector = new Inspector(family.Kernel, Stop);
        var errors = new List<IpcException>();
        var selection = Require(() => new IpcSelection(family.Noun, Id, Key, Owner));
        var rows = Require(() => selection.Select(family.ReadTable(), inspector.Names, errors));
        foreach (var error in errors)
            WriteError(error);

        var observations = Require(() => Observe(family, rows));
        if (observations.Count > 0)
            Require(() => inspector.RefreshProcesses(TimeSpan.Zero));
        foreach (var observation in observations)
        {
            // A verdict may read the processes again, which can fail.
            var verdict = Require(() => inspector.Judge(observation));
            if (Status is null || Status.Contains(verdict.Status, StringComparer.OrdinalIgnoreCase))
                WriteObject(family.Describe(observation, verdict, inspector.Names));
        }

        WarnOfMissingNames(inspector);
    }

    // All objects are read before the processes, so that an operator that lives is among them.
    private List<Observation> Observe(IpcFamily<TObject> family, List<IpcRow> rows)
    {
        var observations = new List<Observation>(rows.Count);
        foreach (var row in rows)
        {
            Stop.ThrowIfCancellationRequested();
            if (family.Observe(row, Inspector.MaximumAge) is { } observation)
                observations.Add(observation);
            else if (Id?.Contains(row.Id) == true)
                WriteError(Missing.Id(family.Noun, row.Id));
            else if (Key?.Contains(row.Key) == true)
                WriteError(Missing.Key(family.Noun, row.Key));
        }

        return observations;
    }
}
