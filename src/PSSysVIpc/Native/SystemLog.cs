using System.Globalization;
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

    // _PATH_LOG of the C library's syslog.h.
    private const string Path = "/dev/log";

    // The call waits where the log's queue is full.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    // Calls that have not come back. As long as there is one, no other waits in vain.
    private static int s_leftBehind;

    /// <summary>Takes a line. For the tests, whose removals are none of the machine's log.</summary>
    internal static Action<string> Writer { get; set; } = Send;

    /// <summary>Whether there is one that may answer.</summary>
    internal static bool IsThere => Volatile.Read(ref s_leftBehind) == 0 && Libc.TryStat(Path, out _);

    /// <summary>
    /// Where something was done, as a part of a line; empty in the machine's first IPC namespace: ids and limits are
    /// its own only there.
    /// </summary>
    internal static string PlaceOf(ulong namespaceId, string lead) =>
        namespaceId == NamespaceLink.FirstIpcNamespace
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"{lead}in the IPC namespace {namespaceId}");

    /// <summary>Writes lines, each to stand by itself.</summary>
    internal static void Write(IReadOnlyCollection<string> lines)
    {
        // Whichever of the two comes last knows that nobody waits any more.
        var ends = 0;
        try
        {
            if (!new SideThread().TryRun(WriteAll, s_patience, CancellationToken.None) && End())
                Interlocked.Increment(ref s_leftBehind);
        }
        catch (Exception e) when (PosixHelper.IsLoadFailure(e))
        {
            // Without the helper there is no log.
        }

        void WriteAll()
        {
            foreach (var line in lines)
                Writer(Lead + Printable.Of(line, most: int.MaxValue));
            if (!End())
                Interlocked.Decrement(ref s_leftBehind);
        }

        bool End() => Interlocked.Increment(ref ends) == 1;
    }

    // The call takes a format, of which Mono.Posix lets %m and %% through.
    private static void Send(string line) =>
        Syscall.syslog(
            SyslogFacility.LOG_USER,
            SyslogLevel.LOG_NOTICE,
            line.Replace("%", "%%", StringComparison.Ordinal)
        );
}
