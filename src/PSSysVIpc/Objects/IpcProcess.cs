using System.Globalization;

namespace PSSysVIpc;

/// <summary>A process that an object's facts name.</summary>
public sealed class IpcProcess
{
    internal IpcProcess(int id, string? name, bool isAlive)
    {
        Id = id;
        Name = name;
        IsAlive = isAlive;
    }

    /// <summary>The process id, as this PID namespace numbers it.</summary>
    public int Id { get; }

    /// <summary>
    /// Its name (at most 15 bytes, as the kernel keeps it); null when it has exited or can't be seen.
    /// </summary>
    public string? Name { get; }

    /// <summary>
    /// Whether it lived when the object was read. False also where another process has its number by now.
    /// </summary>
    public bool IsAlive { get; }

    /// <summary><c>4711 apache2</c>, or <c>4711 (exited)</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Id} {(IsAlive ? Name ?? "(hidden)" : "(exited)")}");
}
