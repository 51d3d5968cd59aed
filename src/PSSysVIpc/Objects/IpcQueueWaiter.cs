using System.Globalization;

namespace PSSysVIpc;

/// <summary>A process that waits on a message queue.</summary>
public sealed class IpcQueueWaiter
{
    internal IpcQueueWaiter(int id, string name, string direction, long? messageType)
    {
        Id = id;
        Name = name;
        Direction = direction;
        MessageType = messageType;
    }

    /// <summary>The process id, as this PID namespace numbers it.</summary>
    public int Id { get; }

    /// <summary>Its name (at most 15 bytes, as the kernel keeps it).</summary>
    public string Name { get; }

    /// <summary><c>Receive</c> where it waits for a message, <c>Send</c> where it waits for room.</summary>
    public string Direction { get; }

    /// <summary>
    /// Which messages it waits for, as msgrcv(2) takes it: 0 for any, a type, or a negative number for all types up to
    /// that. Null where it sends, and for some programs of 32 bits, which don't show it.
    /// </summary>
    public long? MessageType { get; }

    /// <summary><c>4711 worker (receives type 3)</c></summary>
    /// <returns>The text.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Id} {Name} ({What})");

    private string What =>
        (Direction, MessageType) switch
        {
            ("Send", _) => "sends",
            (_, null) => "receives",
            (_, 0) => "receives any",
            (_, < 0 and var type) => string.Create(
                CultureInfo.InvariantCulture,
                $"receives types up to {-(Int128)type}"
            ),
            (_, var type) => string.Create(CultureInfo.InvariantCulture, $"receives type {type}"),
        };
}
