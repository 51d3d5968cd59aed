using System.Management.Automation;
using PSSysVIpc.Commands;

namespace PSSysVIpc.Tests.Commands;

/// <summary>When a progress bar is there, and what it says.</summary>
public class ProgressBarTests
{
    private readonly List<ProgressRecord> _written = [];
    private readonly SetTime _time = new();
    private readonly ProgressBar _bar;

    public ProgressBarTests()
    {
        _bar = new("Get-Something", 7, _written.Add, _time);
        _bar.Begin(() => ("3 of 4", 75));
        _bar.Resume();
    }

    [Fact]
    public void What_takes_less_than_a_second_has_none()
    {
        Work(0.9);
        _bar.End();

        Assert.Empty(_written);
    }

    [Fact]
    public void What_takes_longer_has_one_and_it_is_gone_at_the_end()
    {
        Work(1.1);
        _bar.End();

        Assert.Equal(("Get-Something", "3 of 4", 75), Shown(_written[0]));
        Assert.Equal([ProgressRecordType.Processing, ProgressRecordType.Completed], _written.ConvertAll(Type));
        Assert.All(_written, record => Assert.Equal(7, record.ActivityId));
    }

    [Fact]
    public void There_is_at_most_one_update_a_second()
    {
        for (var i = 0; i < 1_000; i++)
            Work(0.01);

        Assert.InRange(_written.Count, 9, 10);
    }

    [Fact]
    public void It_gives_way_to_what_is_written_and_comes_back_a_second_later()
    {
        Work(1.1);
        _bar.End();
        Work(0.9);

        Assert.Equal(2, _written.Count);
        Work(0.2);
        Assert.Equal(ProgressRecordType.Processing, _written[2].RecordType);
    }

    [Fact]
    public void The_time_that_a_pipeline_waits_for_others_does_not_count()
    {
        for (var i = 0; i < 9; i++)
        {
            Work(0.1);
            _bar.Pause();
            _time.Pass(60);
            _bar.Resume();
        }

        Assert.Empty(_written);
        Work(0.2);
        Assert.Single(_written);
    }

    [Fact]
    public void A_part_that_begins_late_is_told_at_once()
    {
        Work(1.1);
        _time.Pass(1.1);
        _bar.Begin(() => ("Another", -1));

        Assert.Equal(("Get-Something", "Another", -1), Shown(_written[^1]));
    }

    private void Work(double seconds)
    {
        _time.Pass(seconds);
        _bar.Tick();
    }

    private static (string, string, int) Shown(ProgressRecord record) =>
        (record.Activity, record.StatusDescription, record.PercentComplete);

    private static ProgressRecordType Type(ProgressRecord record) => record.RecordType;

    private sealed class SetTime : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        internal void Pass(double seconds) => _now += (long)(seconds * TimeSpan.TicksPerSecond);
    }
}
