using System.Management.Automation;
using PSSysVIpc.Boot;
using PSSysVIpc.Ipc;
using PSSysVIpc.Limits;

namespace PSSysVIpc.Commands;

/// <summary>
/// <c>Get-IpcLimit</c>: the kernel's limits of System V IPC in this IPC namespace, how much of each is used, and what
/// the next boot will make of them.
/// </summary>
[Cmdlet(VerbsCommon.Get, "IpcLimit")]
[OutputType(typeof(IpcLimit))]
public sealed class GetIpcLimitCommand : IpcCommand
{
    /// <summary>
    /// Names, or names with wildcards, in any case. A name that no limit has is an IpcNotFound error; the others still
    /// come out.
    /// </summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LimitNameCompleter))]
    public string[]? Name { get; set; }

    /// <summary>Only limits of these: Semaphore, SharedMemory, MessageQueue.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ValidateSet(LimitTable.Semaphore, LimitTable.SharedMemory, LimitTable.MessageQueue)]
    public string[]? Resource { get; set; }

    /// <summary>Reads and writes the limits.</summary>
    private protected override void Process()
    {
        var selection = Require(() => new LimitSelection(Name));
        foreach (var error in selection.Errors)
            WriteError(error);

        var snapshot = Require(() => new LimitSnapshot(IpcKernel.OpenCurrent(), new BootModel()));
        foreach (var limit in selection.Limits(Resource))
            Write(snapshot, limit);
        if (snapshot.Problem is { } problem)
            WriteError(problem);
        if (snapshot.Unread.Count > 0)
            WriteVerbose(
                "These may say something else of the next boot and could not be read: "
                    + $"{string.Join(", ", snapshot.Unread)}."
            );
        foreach (var line in snapshot.Refused)
            WriteVerbose(
                $"The kernel will refuse {line.File}:{line.Number}, at least in part: "
                    + $"{WholeNumber.Show(line.Text.Trim())}"
            );
    }

    // What is wrong with one limit says nothing of the others.
    private void Write(LimitSnapshot snapshot, LimitDefinition limit)
    {
        IpcLimit read;
        try
        {
            read = snapshot.Read(limit);
        }
        catch (IpcException e)
        {
            WriteError(e);
            return;
        }

        WriteObject(read);
    }
}
