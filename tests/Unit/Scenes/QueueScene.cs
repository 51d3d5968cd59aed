using PSSysVIpc.Ipc;
using PSSysVIpc.Kinds;

namespace PSSysVIpc.Tests.Scenes;

/// <summary>
/// What the kernel says of a queue that never was: an empty one that was made long ago, and never used, unless told.
/// </summary>
internal sealed record QueueScene : IFactsScene
{
    private MessageQueueRow _row = new(
        Scene.Head,
        MessageCount: 0,
        Bytes: 0,
        MaxBytes: 16_384,
        Sender: 0,
        Receiver: 0,
        SendTime: 0,
        ReceiveTime: 0
    );

    public IpcFacts Facts => new MessageQueueFacts(_row);

    internal QueueScene WithKey(uint key = 0x5eed) =>
        this with
        {
            _row = _row with { Head = _row.Head with { Key = key } },
        };

    internal QueueScene WithMode(int mode) => this with { _row = _row with { Head = _row.Head with { Mode = mode } } };

    internal QueueScene Holding(long messages, long bytes) =>
        this with
        {
            _row = _row with { MessageCount = messages, Bytes = bytes },
        };

    internal QueueScene SentBy(int process, int secondsAgo = 3_000) =>
        this with
        {
            _row = _row with { Sender = process, SendTime = Scene.Now - secondsAgo },
        };

    internal QueueScene ReceivedBy(int process, int secondsAgo = 3_000) =>
        this with
        {
            _row = _row with { Receiver = process, ReceiveTime = Scene.Now - secondsAgo },
        };
}
