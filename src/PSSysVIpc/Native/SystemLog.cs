using Mono.Unix.Native;

namespace PSSysVIpc.Native;

/// <summary>
/// The system log (syslog(3)). It is a service to who asks later what has happened: where there is none, or it doesn't
/// answer, nothing is written and nothing fails.
/// </summary>
internal static class SystemLog
{
    // pwsh has one openlog(3) for its whole process, and that is its own: so our name stands in the line.
    private const string Lead = "PSSysVIpc: ";

    // The call waits where the log's queue is full.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    /// <summary>Takes a line. For the tests, whose removals are none of the machine's log.</summary>
    internal static Action<string> Writer { get; set; } = Send;

    /// <summary>Writes lines, each to stand by itself.</summary>
    internal static void Write(IReadOnlyCollection<string> lines)
    {
        if (lines.Count == 0)
            return;
        try
        {
            new SideThread().TryRun(
                () =>
                {
                    foreach (var line in lines)
                        Writer(Lead + Printable.Of(line, most: int.MaxValue));
                },
                s_patience,
                CancellationToken.None
            );
        }
        catch (Exception e) when (PosixHelper.IsLoadFailure(e))
        {
            // Without the helper there is no log.
        }
    }

    private static void Send(string line) => Syscall.syslog(SyslogFacility.LOG_USER, SyslogLevel.LOG_NOTICE, line);
}
