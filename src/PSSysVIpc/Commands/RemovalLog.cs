using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using PSSysVIpc.Accounts;
using PSSysVIpc.Native;

namespace PSSysVIpc.Commands;

/// <summary>
/// What one pipeline has removed, for the system log: a line each, or one with totals and ids where that would fill
/// the log.
/// </summary>
/// <param name="noun">What is removed: "semaphore set".</param>
/// <param name="switches">What the caller gave to have more removed: "-Force"; empty where nothing.</param>
internal sealed class RemovalLog(string noun, string switches) : IDisposable
{
    private const int MaximumLines = 20;

    // rsyslog cuts lines at 8 KiB unless it is told otherwise (maxMessageSize).
    private const int LongestLine = 8000;

    private const int MaximumOwners = 8;

    // What is removed one by one, hour by hour, must not wait for the end of its pipeline, nor for the next of it.
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_oldest = TimeSpan.FromSeconds(10);

    private readonly object _gate = new();
    private readonly List<IpcObject> _removed = [];
    private IDisposable[]? _watches;
    private long _first;
    private long _last;

    /// <summary>Takes what was removed. It is written when no other follows, or this is disposed of.</summary>
    internal void Add(IpcObject removed)
    {
        lock (_gate)
        {
            _watches ??= Watch();
            _last = Stopwatch.GetTimestamp();
            if (_removed.Count == 0)
                _first = _last;
            _removed.Add(removed);
        }
    }

    /// <summary>Writes what isn't written yet.</summary>
    internal void Write()
    {
        lock (_gate)
        {
            if (_removed.Count > 0 && SystemLog.IsThere)
                SystemLog.Write(Lines(Caller.Describe()));
            _removed.Clear();
        }
    }

    /// <summary>Writes what isn't written yet. No more can be taken.</summary>
    public void Dispose()
    {
        if (_watches is null)
            return;
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        Array.ForEach(_watches, watch => watch.Dispose());
        Write();
    }

    // A terminal that is closed, or a service that is stopped, ends pwsh without the end of its pipeline.
    private IDisposable[] Watch()
    {
        AppDomain.CurrentDomain.ProcessExit += OnExit;
        return
        [
            new Timer(_ => WriteOld(), null, s_pause, s_pause),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, _ => Write()),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Write()),
        ];
    }

    private void OnExit(object? sender, EventArgs e) => Write();

    private void WriteOld()
    {
        lock (_gate)
        {
            if (Stopwatch.GetElapsedTime(_last) >= s_pause || Stopwatch.GetElapsedTime(_first) >= s_oldest)
                Write();
        }
    }

    /// <summary>The lines of what was taken, of which there must be one.</summary>
    /// <param name="caller">Who has removed it.</param>
    internal IReadOnlyCollection<string> Lines(string caller)
    {
        var how =
            (switches.Length > 0 ? $", with {switches}" : "")
            + $", by {caller}{SystemLog.PlaceOf(_removed[0].NamespaceId, lead: ", ")}";
        return _removed.Count <= MaximumLines
            ? _removed.ConvertAll(removed =>
                $"{Done(removed)} {removed.Describe(noun)}, which was {removed.Status}{how}."
            )
            : Summary(how);
    }

    private static string Done(IpcObject removed) => removed.Effect.Kept > 0 ? "Marked for removal" : "Removed";

    private List<string> Summary(string how)
    {
        var statuses = Counts(removed => removed.Status);
        var owners = Counts(removed => Printable.Of(removed.Owner));
        var others = owners.Length > MaximumOwners ? $" and of {owners.Length - MaximumOwners} other owners" : "";
        var line = new StringBuilder(
            $"Removed {_removed.Count} {noun}s ({string.Join(", ", statuses)}; owners: "
                + $"{string.Join(", ", owners.Take(MaximumOwners))}{others}){how}. Ids:"
        );
        var lines = new List<string>();
        foreach (var range in Ranges())
        {
            if (line.Length + range.Length > LongestLine)
            {
                lines.Add(line.ToString());
                line.Clear().Append("Ids, continued:");
            }

            line.Append(' ').Append(range);
        }

        lines.Add(line.ToString());
        return lines;
    }

    private string[] Counts(Func<IpcObject, string> property) =>
        [
            .. _removed
                .GroupBy(property)
                .OrderByDescending(group => group.Count())
                .ThenBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => $"{group.Count()} {group.Key}"),
        ];

    // 0-31999 32768
    private IEnumerable<string> Ranges()
    {
        int[] ids = [.. _removed.Select(removed => removed.Id).Order()];
        for (int first = 0, next; first < ids.Length; first = next)
        {
            for (next = first + 1; next < ids.Length && ids[next] - ids[next - 1] <= 1; next++) { }

            var (low, high) = (ids[first], ids[next - 1]);
            yield return string.Create(CultureInfo.InvariantCulture, $"{low}{(high > low ? $"-{high}" : "")}");
        }
    }
}
