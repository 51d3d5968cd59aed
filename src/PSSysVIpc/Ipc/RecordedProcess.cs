namespace PSSysVIpc.Ipc;

/// <summary>A process that the kernel has noted with an object.</summary>
/// <param name="Id">Its pid, as the reader's PID namespace numbers it.</param>
/// <param name="Role">What it has done.</param>
/// <param name="Time">When it lived at the latest, in seconds since the epoch: whoever began later isn't it.</param>
internal readonly record struct RecordedProcess(int Id, ProcessRole Role, long Time)
{
    /// <summary>Two roles of an object, as one where both are the same process's. 0 is none.</summary>
    /// <param name="first">The process of the first role.</param>
    /// <param name="second">The process of the second.</param>
    /// <param name="both">What a process is called that has both roles.</param>
    internal static RecordedProcess[] Of(RecordedProcess first, RecordedProcess second, ProcessRole both) =>
        (first.Id, second.Id) switch
        {
            (0, 0) => [],
            (0, _) => [second],
            (_, 0) => [first],
            _ when first.Id == second.Id => [new(first.Id, both, Math.Max(first.Time, second.Time))],
            _ => [first, second],
        };
}

/// <summary>What a process has done with an object, for the kernel to note it.</summary>
/// <param name="Name">How it is called: "last operator".</param>
/// <param name="IsUse">Whether it uses the object as long as it lives, for all that is known.</param>
internal sealed record ProcessRole(string Name, bool IsUse);
