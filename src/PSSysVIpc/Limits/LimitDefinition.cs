using PSSysVIpc.Ipc;

namespace PSSysVIpc.Limits;

/// <summary>One of the kernel's limits of System V IPC: where it stands and what it means.</summary>
/// <param name="Name">The field's standard name: SEMMNI.</param>
/// <param name="Resource">Semaphore, SharedMemory or MessageQueue.</param>
/// <param name="Unit">What is counted: sets, bytes.</param>
/// <param name="Description">What it limits, in plain words.</param>
internal sealed record LimitDefinition(string Name, string Resource, string Unit, string Description)
{
    /// <summary>The sysctl that has it: kernel.sem. Null where the kernel's source fixes it.</summary>
    internal string? Sysctl { get; init; }

    /// <summary>Which field of the sysctl it is, counted from 0.</summary>
    internal int Field { get; init; }

    /// <summary>The value where there is no sysctl.</summary>
    internal ulong FixedValue { get; init; }

    /// <summary>Whether the kernel's own default is no limit at all; only these can be beyond the range of an int.</summary>
    internal bool CanBeUnlimited { get; init; }

    /// <summary>What counts against it; null where nothing adds up.</summary>
    internal Func<IpcUse, ulong>? Use { get; init; }
}
