using System.Globalization;

namespace PSSysVIpc;

/// <summary>One semaphore of a set, as it was when the set was read.</summary>
public sealed class IpcSemaphore
{
    internal IpcSemaphore(
        int setId,
        int index,
        int value,
        int waitingForIncrease,
        int waitingForZero,
        int? lastProcessId
    )
    {
        SetId = setId;
        Index = index;
        Value = value;
        WaitingForIncrease = waitingForIncrease;
        WaitingForZero = waitingForZero;
        LastProcessId = lastProcessId;
    }

    /// <summary>The id of the set that it is in.</summary>
    public int SetId { get; }

    /// <summary>Its number in the set, counted from 0.</summary>
    public int Index { get; }

    /// <summary>Its value, 0 to 32767 (SEMVMX).</summary>
    public int Value { get; }

    /// <summary>How many processes wait for its value to rise.</summary>
    public int WaitingForIncrease { get; }

    /// <summary>How many processes wait for its value to become 0.</summary>
    public int WaitingForZero { get; }

    /// <summary>
    /// The process that last operated on it or set it. Null when none has, or when it is in a PID namespace that
    /// can't be seen from here.
    /// </summary>
    public int? LastProcessId { get; }

    /// <summary><c>0: value 1, 2 waiting for increase, 0 for zero, last process 4711</c></summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        var waiting =
            WaitingForIncrease == 0 && WaitingForZero == 0
                ? ""
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $", {WaitingForIncrease} waiting for increase, {WaitingForZero} for zero"
                );
        return string.Create(CultureInfo.InvariantCulture, $"{Index}: value {Value}{waiting}")
            + (LastProcessId is { } last ? string.Create(CultureInfo.InvariantCulture, $", last process {last}") : "");
    }
}
