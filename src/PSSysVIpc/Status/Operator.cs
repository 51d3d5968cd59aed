using PSSysVIpc.Processes;

namespace PSSysVIpc.Status;

/// <summary>What has become of a last operator.</summary>
internal enum OperatorFate
{
    /// <summary>It lives.</summary>
    Alive,

    /// <summary>Something of its number lives, and we may not see more. That counts as alive.</summary>
    AliveUnseen,

    /// <summary>It has ended and its parent hasn't taken note of it yet.</summary>
    Zombie,

    /// <summary>It has ended.</summary>
    Exited,

    /// <summary>It has ended, and another process has its number now.</summary>
    SecondHand,

    /// <summary>It is the process that asks.</summary>
    Caller,
}

/// <param name="ProcessId">Its number.</param>
/// <param name="Fate">What has become of it.</param>
/// <param name="Process">The process that has this number now, where it can be seen.</param>
internal readonly record struct Operator(int ProcessId, OperatorFate Fate, ProcessRecord? Process)
{
    internal bool IsAlive => Fate is OperatorFate.Alive or OperatorFate.AliveUnseen or OperatorFate.Caller;

    // A start time has hundredths of a second, the kernel's object times are whole ones and a clock may tick in between.
    private const int Tolerance = 2;

    /// <param name="id">The operator's number.</param>
    /// <param name="evidence">The object it operated on.</param>
    /// <param name="scene">Where to look it up.</param>
    internal static Operator Resolve(int id, Evidence evidence, Scene scene)
    {
        if (id == scene.Viewpoint.ProcessId)
            return new(id, OperatorFate.Caller, scene.Find(id));
        var process = scene.Find(id);
        if (process is null)
        {
            var presence = scene.Scanner.Look(id, out process);
            if (presence == ProcessPresence.Hidden)
                return new(id, OperatorFate.AliveUnseen, null);
            // Seen without a record: a kernel thread, which can't have been an operator.
            if (process is null)
                return new(id, OperatorFate.Exited, null);
        }

        if (process.StartTime is { } start && Math.Floor(start) - Tolerance > scene.Clock.Latest(evidence.LastTouch, scene.Now))
            return new(id, OperatorFate.SecondHand, process);
        return new(id, process.IsAlive ? OperatorFate.Alive : OperatorFate.Zombie, process);
    }
}
