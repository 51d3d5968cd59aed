using System.ComponentModel;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace PSSysVIpc.Pester;

/// <summary>
/// Tells xunit of each Pester test as one test of its own, also of those that were skipped: what xunit itself makes of
/// a theory's rows can't be skipped one by one. In CI (PSSYSVIPC_NO_SKIP=1) what was skipped fails, as in the unit
/// tests.
/// </summary>
public sealed class PesterTestCase : XunitTestCase
{
    private static readonly bool s_isSkippingAllowed = Environment.GetEnvironmentVariable("PSSYSVIPC_NO_SKIP") != "1";

    /// <summary>For xunit alone.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("xunit makes it so when it has been sent from one process to another.")]
    public PesterTestCase() { }

    /// <summary>Makes one of the method that stands for the suite.</summary>
    public PesterTestCase(IMessageSink sink, ITestMethod method)
        : base(sink, TestMethodDisplay.ClassAndMethod, TestMethodDisplayOptions.None, method) { }

    /// <inheritdoc/>
    public override async Task<RunSummary> RunAsync(
        IMessageSink diagnosticMessageSink,
        IMessageBus messageBus,
        object[] constructorArguments,
        ExceptionAggregator aggregator,
        CancellationTokenSource cancellationTokenSource
    )
    {
        var summary = new RunSummary();
        messageBus.QueueMessage(new TestCaseStarting(this));
        var run = new XunitTest(this, PesterSuite.Name);
        messageBus.QueueMessage(new TestStarting(run));
        var (whole, tests) = await PesterSuite.Run();
        foreach (var result in tests)
        {
            var test = new XunitTest(this, result.Name);
            messageBus.QueueMessage(new TestStarting(test));
            Tell(messageBus, test, result, summary);
        }

        Tell(messageBus, run, whole, summary);
        summary.Time = whole.Seconds;
        messageBus.QueueMessage(
            new TestCaseFinished(this, summary.Time, summary.Total, summary.Failed, summary.Skipped)
        );
        return summary;
    }

    private static void Tell(IMessageBus messageBus, XunitTest test, PesterResult result, RunSummary summary)
    {
        summary.Total++;
        if ((result.Failure ?? (s_isSkippingAllowed ? null : Skipped(result))) is { } failure)
        {
            summary.Failed++;
            messageBus.QueueMessage(
                new TestFailed(
                    test,
                    result.Seconds,
                    "",
                    [typeof(XunitException).FullName!],
                    [failure],
                    [result.Place],
                    [-1]
                )
            );
        }
        else if (result.SkipReason is { } reason)
        {
            summary.Skipped++;
            messageBus.QueueMessage(new TestSkipped(test, reason));
        }
        else
        {
            messageBus.QueueMessage(new TestPassed(test, result.Seconds, ""));
        }

        messageBus.QueueMessage(new TestFinished(test, result.Seconds, ""));
    }

    private static string? Skipped(PesterResult result) =>
        result.SkipReason is { } reason ? $"It was skipped: {reason}" : null;
}
