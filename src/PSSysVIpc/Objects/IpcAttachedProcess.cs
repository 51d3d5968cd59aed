using System.Globalization;

namespace PSSysVIpc;

/// <summary>A process that is attached to a segment.</summary>
public sealed class IpcAttachedProcess
{
    internal IpcAttachedProcess(int id, string name, int attachCount)
    {
        Id = id;
        Name = name;
        AttachCount = attachCount;
    }

    /// <summary>The process id, as this PID namespace numbers it.</summary>
    public int Id { get; }

    /// <summary>Its name (at most 15 bytes, as the kernel keeps it).</summary>
    public string Name { get; }

    /// <summary>How many mappings of the segment it has: one for each attach, unless it has split some.</summary>
    public int AttachCount { get; }

    /// <summary><c>4711 postgres</c>, or <c>4711 postgres (3 times)</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Id} {Name}{(AttachCount == 1 ? "" : $" ({AttachCount} times)")}"
        );
}
