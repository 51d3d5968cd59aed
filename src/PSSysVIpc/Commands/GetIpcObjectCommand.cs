using System.Management.Automation;
using PSSysVIpc.Accounts;
using PSSysVIpc.Ipc;
using PSSysVIpc.Kinds;
using PSSysVIpc.Status;

namespace PSSysVIpc.Commands;

/// <summary>What the Get cmdlets of all IPC kinds share: the filters, their order and the errors.</summary>
/// <typeparam name="TObject">What the cmdlet returns.</typeparam>
public abstract class GetIpcObjectCommand<TObject> : IpcCommand
    where TObject : IpcObject
{
    // Not one that a script has: those count from 0.
    private const int ProgressId = 0x53564701;

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

    /// <summary>Whether the processes that have an object mapped are to be named.</summary>
    private protected virtual bool NamesAttached => false;

    /// <summary>What is returned for an object.</summary>
    private protected virtual TObject Describe(
        IpcKind<TObject> kind,
        IpcFacts facts,
        in Verdict verdict,
        AccountNames names
    ) => kind.Describe(facts, verdict, names);

    /// <summary>Reads and writes the objects.</summary>
    private protected override void Process()
    {
        var bar = new ProgressBar(MyInvocation.MyCommand.Name, ProgressId, WriteProgress);
        bar.Resume();
        try
        {
            Process(bar);
        }
        finally
        {
            bar.End();
        }
    }

    private void Process(ProgressBar bar)
    {
        var kind = Require(() => IpcKinds.Of<TObject>(IpcKernel.OpenCurrent()));
        var inspector = new Inspector(kind.Kernel, Stop, tick: bar.Tick, namesAttached: NamesAttached);
        var errors = new List<IpcException>();
        var selection = Require(() => new IpcSelection(kind.Noun, Id, Key, Owner));
        var rows = Require(() => selection.Narrow(kind.Read(), inspector.Names, errors));
        foreach (var error in errors)
            WriteError(error);

        var found = Require(() => ReadFacts(kind, rows, bar));
        if (found.Count > 0)
        {
            bar.Begin(() => ("Looking at the processes", -1));
            Require(() => inspector.RefreshProcesses(TimeSpan.Zero));
        }

        var judged = 0;
        bar.Begin(() => State("judged", judged, found.Count, kind));
        // A verdict may read the processes again, which can fail.
        var judge = () => inspector.Judge(found[judged]);
        for (; judged < found.Count; judged++)
        {
            var verdict = Require(judge);
            if (Status is null || Status.Contains(verdict.Status, StringComparer.OrdinalIgnoreCase))
            {
                bar.GiveWay();
                WriteObject(Describe(kind, found[judged], verdict, inspector.Names));
                bar.Resume();
            }
        }

        WarnOfMissingNames(inspector);
    }

    private static (string, int) State(string step, int done, int all, IpcKind kind) =>
        ($"{done} of {all} {kind.Noun}s {step}", (int)(100L * done / Math.Max(all, 1)));

    // All objects are read before the processes, so that a last process that lives is among them.
    private List<IpcFacts> ReadFacts(IpcKind<TObject> kind, List<IpcRow> rows, ProgressBar bar)
    {
        var read = new IpcFacts?[rows.Count];
        var done = 0;
        bar.Begin(() => State("read", done, rows.Count, kind));
        SharedReading.TryForEach(
            kind,
            rows.Count,
            (reader, number) =>
            {
                Stop.ThrowIfCancellationRequested();
                read[number] = reader.ReadFacts(rows[number], Inspector.MaximumAge);
                return true;
            },
            now =>
            {
                done = now;
                bar.Tick();
            }
        );

        var found = new List<IpcFacts>(rows.Count);
        for (var number = 0; number < read.Length; number++)
        {
            var row = rows[number];
            if (read[number] is { } facts)
                found.Add(facts);
            else if (Id?.Contains(row.Id) == true)
                WriteError(Missing.Id(kind.Noun, row.Id));
            else if (Key?.Contains(row.Key) == true)
                WriteError(Missing.Key(kind.Noun, row.Key));
        }

        return found;
    }
}
