using System.Management.Automation;
using PSSysVIpc.Accounts;
using PSSysVIpc.Ipc;
using PSSysVIpc.Kinds;
using PSSysVIpc.Status;

namespace PSSysVIpc.Commands;

/// <summary>
/// <c>Get-IpcMessageQueue</c>: the message queues of this IPC namespace, who owns them and whether anyone still uses
/// them.
/// </summary>
[Cmdlet(VerbsCommon.Get, "IpcMessageQueue")]
[OutputType(typeof(IpcMessageQueue))]
public sealed class GetIpcMessageQueueCommand : GetIpcObjectCommand<IpcMessageQueue>
{
    /// <summary>
    /// Also looks at so many messages of each queue, from the first one on, and leaves them as they are. It takes the
    /// right to read the queue.
    /// </summary>
    [Parameter]
    [WholeNumberArgument("number of messages", 1, int.MaxValue)]
    public int? IncludeMessage { get; set; }

    private protected override IpcMessageQueue Describe(
        IpcKind<IpcMessageQueue> kind,
        IpcFacts facts,
        in Verdict verdict,
        AccountNames names
    ) =>
        IncludeMessage is { } count
            ? ((MessageQueueKind)kind).Describe(facts, verdict, names, ReadMessages(kind.Kernel, facts, count))
            : base.Describe(kind, facts, verdict, names);

    // The queue comes out in any case.
    private IpcList<IpcMessage>? ReadMessages(IpcKernel kernel, IpcFacts facts, int count)
    {
        try
        {
            return MessageReader.Read(kernel, (MessageQueueFacts)facts, count, Stop);
        }
        catch (IpcException e)
        {
            WriteError(e);
            return null;
        }
    }
}
