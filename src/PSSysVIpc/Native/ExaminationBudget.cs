namespace PSSysVIpc.Native;

/// <summary>
/// The time that one run of a cmdlet has for looking at what other users control. A process can have as many threads,
/// groups and mappings as it likes, can change them while they are read, and can make a read wait in the kernel. None
/// of it may hold up root's shell: what isn't read in time counts as not examined, and Ctrl-C ends it at once.
/// </summary>
internal sealed class ExaminationBudget
{
    /// <summary>What reasons say where the time was not enough.</summary>
    internal const string InWords = "in the time there is for that (2 seconds a process, 10 in all)";

    // Hung reads are left behind a little later than others end by themselves, as that costs a thread.
    private static readonly TimeSpan s_grace = TimeSpan.FromMilliseconds(100);

    private readonly CancellationToken _stop;
    private readonly Action? _tick;
    private readonly TimeSpan _each;
    private readonly TimeSpan _free;
    private readonly SideThread _side = new();
    private TimeSpan _left;
    private TimeSpan _freeLeft = TimeSpan.FromSeconds(30);

    /// <param name="each">The time for one examination; null for 2 seconds.</param>
    /// <param name="inAll">The time for all of them; null for 10 seconds.</param>
    /// <param name="free">
    /// What one may take without being counted; null for a millisecond. Ordinary processes take less, so that hundreds
    /// of them, looked at again and again, use up nothing; but all of these together have 30 seconds.
    /// </param>
    /// <param name="tick">Called for each examination, on the calling thread.</param>
    /// <param name="stop">Ends what runs.</param>
    internal ExaminationBudget(
        TimeSpan? each = null,
        TimeSpan? inAll = null,
        TimeSpan? free = null,
        Action? tick = null,
        CancellationToken stop = default
    )
    {
        _stop = stop;
        _tick = tick;
        _each = each ?? TimeSpan.FromSeconds(2);
        _left = inAll ?? TimeSpan.FromSeconds(10);
        _free = free ?? TimeSpan.FromMilliseconds(1);
    }

    /// <summary>Whether all of it is used up: then nothing is examined any more.</summary>
    internal bool IsSpent => _left <= TimeSpan.Zero || _freeLeft <= TimeSpan.Zero;

    /// <summary>Ctrl-C, and a sign that the work goes on.</summary>
    /// <exception cref="OperationCanceledException">It was pressed.</exception>
    internal void CheckStop()
    {
        _stop.ThrowIfCancellationRequested();
        _tick?.Invoke();
    }

    /// <summary>
    /// Examines something on the calling thread. Only for reads of which it is known that they never wait.
    /// </summary>
    /// <returns>False where it could not be done in time.</returns>
    /// <exception cref="OperationCanceledException">The user has ended the pipeline.</exception>
    internal bool TryExamine(Action<Deadline> examine) =>
        Try(deadline =>
        {
            examine(deadline);
            return true;
        });

    /// <summary>
    /// The same for reads that may wait in the kernel: for a server that doesn't answer (NFS, FUSE), or for a lock that
    /// another process holds. It runs on a thread that is left behind when it doesn't come back, so it may touch
    /// nothing but what it makes itself, and its result counts only if this returns true.
    /// </summary>
    internal bool TryExamineAside(Action<Deadline> examine) =>
        Try(deadline => _side.TryRun(() => examine(deadline), deadline.Time + s_grace, _stop));

    private bool Try(Func<Deadline, bool> run)
    {
        CheckStop();
        if (IsSpent)
            return false;
        var deadline = new Deadline(_each < _left ? _each : _left, _stop);
        try
        {
            return run(deadline);
        }
        catch (ExaminationException)
        {
            return false;
        }
        finally
        {
            var elapsed = deadline.Elapsed;
            if (elapsed > _free)
                _left -= elapsed;
            else
                _freeLeft -= elapsed;
        }
    }
}
