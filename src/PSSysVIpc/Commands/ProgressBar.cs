using System.Management.Automation;

namespace PSSysVIpc.Commands;

/// <summary>
/// The progress bar of a cmdlet that has worked for longer than a second. What its pipeline or the user takes doesn't
/// count: else it would be there before anybody has to wait for the cmdlet.
/// </summary>
/// <param name="activity">The cmdlet.</param>
/// <param name="id">Tells it from others: a Get and a Remove can work at once, and a script has its own.</param>
/// <param name="write">Shows a record.</param>
/// <param name="time">What tells the time; null for the machine's clock.</param>
internal sealed class ProgressBar(string activity, int id, Action<ProgressRecord> write, TimeProvider? time = null)
{
    // For each update pwsh asks the terminal where the cursor is, and hangs where Ctrl-C swallows the answer: so there
    // are few, and none while something else is written.
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private TimeSpan _workedBefore;
    private TimeSpan _next = s_pause;
    private long? _start;
    private Func<(string Status, int Percent)>? _state;
    private bool _isShown;

    /// <summary>The cmdlet works from now on.</summary>
    internal void Resume() => _start = _time.GetTimestamp();

    /// <summary>The cmdlet waits from now on.</summary>
    internal void Pause()
    {
        _workedBefore = Worked;
        _start = null;
    }

    /// <summary>Something else is written from now on, until <see cref="Resume"/>: the bar is gone.</summary>
    internal void GiveWay()
    {
        End();
        Pause();
    }

    /// <summary>A part of the work begins.</summary>
    /// <param name="state">
    /// What to say of it, and how many percent of it are done; -1 where nobody knows how much it is.
    /// </param>
    internal void Begin(Func<(string Status, int Percent)> state)
    {
        _state = state;
        Tick();
    }

    /// <summary>Shows the state when it is time. Call it for every object; it costs next to nothing.</summary>
    internal void Tick()
    {
        var worked = Worked;
        if (_state is null || worked < _next)
            return;
        _next = worked + s_pause;
        _isShown = true;
        var (status, percent) = _state();
        write(new(id, activity, status) { PercentComplete = percent });
    }

    /// <summary>It is gone. Where the work goes on all the same, it is there again a second later.</summary>
    internal void End()
    {
        _next = Worked + s_pause;
        if (_isShown)
            write(new(id, activity, "Done") { RecordType = ProgressRecordType.Completed });
        _isShown = false;
    }

    private TimeSpan Worked => _workedBefore + (_start is { } start ? _time.GetElapsedTime(start) : TimeSpan.Zero);
}
