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

    /// <summary>
    /// Ids, 0 to 2147483647. One that isn't there is an IpcNotFound error; the others still come out.
    /// </summary>
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

    /// <summary>Reads and writes the objects.</summary>
    private protected override void Process()
    {
        var kind = Require(() => IpcKinds.Of<TObject>(IpcKernel.OpenCurrent()));
        var inspector = new Inspector(kind.Kernel, Stop);
        var errors = new List<IpcException>();
        var selection = Require(() => new IpcSelection(kind.Noun, Id, Key, Owner));
        var rows = Require(() => selection.Select(kind.Read().Values, inspector.Names, errors));
        foreach (var error in errors)
            WriteError(error);

        var found = Require(() => ReadFacts(kind, rows));
        if (found.Count > 0)
            Require(() => inspector.RefreshProcesses(TimeSpan.Zero));
        foreach (var facts in found)
        {
            // A verdict may read the processes again, which can fail.
            var verdict = Require(() => inspector.Judge(facts));
            if (Status is null || Status.Contains(verdict.Status, StringComparer.OrdinalIgnoreCase))
                WriteObject(kind.Describe(facts, verdict, inspector.Names));
        }

        WarnOfMissingNames(inspector);
    }

    // All objects are read before the processes, so that a last process that lives is among them.
    private List<IpcFacts> ReadFacts(IpcKind<TObject> kind, List<IpcRow> rows)
    {
        var found = new List<IpcFacts>(rows.Count);
        foreach (var row in rows)
        {
            Stop.ThrowIfCancellationRequested();
            if (kind.ReadFacts(row, Inspector.MaximumAge) is { } facts)
                found.Add(facts);
            else if (Id?.Contains(row.Id) == true)
                WriteError(Missing.Id(kind.Noun, row.Id));
            else if (Key?.Contains(row.Key) == true)
                WriteError(Missing.Key(kind.Noun, row.Key));
        }

        return found;
    }
}
