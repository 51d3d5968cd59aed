using System.Management.Automation;

namespace PSSysVIpc.Tests.Support;

/// <summary>What a script gave: its output, and its errors, the terminating one included.</summary>
internal sealed record Outcome(
    IReadOnlyList<PSObject?> Output,
    IReadOnlyList<ErrorRecord> Errors,
    bool IsTerminated,
    string Written
)
{
    /// <summary>The error ids without the cmdlet's name behind them.</summary>
    internal IReadOnlyList<string> ErrorIds => [.. Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0])];

    internal string ErrorText => string.Join("\n", Errors.Select(error => error.ToString()));

    internal IReadOnlyList<IpcSemaphoreSet> Sets => All<IpcSemaphoreSet>();

    internal IReadOnlyList<IpcSharedMemorySegment> Segments => All<IpcSharedMemorySegment>();

    internal IReadOnlyList<IpcMessageQueue> Queues => All<IpcMessageQueue>();

    internal IpcSharedMemorySegment Segment => Assert.Single(Segments);

    internal IpcMessageQueue Queue => Assert.Single(Queues);

    internal IpcSemaphoreSet Set => Assert.Single(Sets);

    /// <summary>Fails, with the errors' texts, when there are any.</summary>
    internal Outcome Clean()
    {
        Assert.True(Errors.Count == 0, ErrorText);
        return this;
    }

    /// <summary>Fails unless the errors are exactly these, in this order.</summary>
    internal Outcome Failing(params string[] errorIds)
    {
        Assert.True(
            ErrorIds.SequenceEqual(errorIds),
            $"Expected {string.Join(", ", errorIds)}, got {string.Join(", ", ErrorIds)}:\n{ErrorText}"
        );
        return this;
    }

    private IReadOnlyList<T> All<T>() => [.. Output.Select(item => Assert.IsType<T>(item?.BaseObject))];
}
