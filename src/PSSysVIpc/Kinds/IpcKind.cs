using System.Diagnostics;
using PSSysVIpc.Accounts;
using PSSysVIpc.Ipc;
using PSSysVIpc.Native;
using PSSysVIpc.Status;

namespace PSSysVIpc.Kinds;

/// <summary>
/// One kind of IPC object in one IPC namespace: its table, and the calls that read and remove single ones. Selection,
/// status, identity and error rules are written once, on top of this.
/// </summary>
internal abstract class IpcKind : IpcTable
{
    private Dictionary<int, IpcRow>? _table;
    private long _tableTime;

    private protected IpcKind(IpcKernel kernel)
        : base(kernel) { }

    /// <summary>The noun of the cmdlets: "IpcSemaphore".</summary>
    internal abstract string CmdletNoun { get; }

    /// <summary>Where IPC_STAT puts the time of the last change.</summary>
    private protected abstract StatOffset ChangeTime { get; }

    internal override List<IpcRow> Read() => IndexedRead.TryRead(this) is { } rows ? Sort(rows) : ReadTable();

    /// <summary>One object as it is now; null when it isn't there.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="maximumAge">Where it may not be asked about by itself, it is looked up in the table. How old that
    /// table may be: reading it again for each of many objects would take hours.</param>
    internal IpcRow? Find(int id, TimeSpan maximumAge)
    {
        if (StatOffset.IsKnown)
        {
            Span<byte> stat = stackalloc byte[StatOffset.LargestStructure];
            if (Stat(id, stat) >= 0)
                return FromStat(id, stat);
            var errno = Libc.LastError;
            if (Errno.IsGone(errno))
                return null;
            if (!Errno.IsDenied(errno))
                throw Errno.ToException(errno, Subject(id), "read", id);
        }

        if (_table is null || Stopwatch.GetElapsedTime(_tableTime) >= maximumAge)
        {
            _tableTime = Stopwatch.GetTimestamp();
            _table = Read().ToDictionary(row => row.Id);
        }

        return _table.GetValueOrDefault(id);
    }

    /// <summary>Reads what the table doesn't tell; null when the object is gone meanwhile.</summary>
    /// <param name="row">The object.</param>
    /// <param name="maximumAge">As for <see cref="Find"/>.</param>
    /// <param name="isLastLook">Whether the row is read again in any case: for the last look before a removal.</param>
    // Else only where it must be. With the older times of the table, a last process that began since would look
    // younger than its operation; and what is found must be of this object, not of one that got its id since.
    internal IpcFacts? ReadFacts(IpcRow row, TimeSpan maximumAge, bool isLastLook = false)
    {
        while (Ask(row) is { } facts)
        {
            if (!facts.IsReadable || (!isLastLook && facts.IsOfOneMoment))
                return facts;
            if (Find(row.Id, maximumAge) is not { } now)
                return null;
            if (now.IsSameObject(row))
                return now.Equals(row) ? facts : facts with { Row = now };
            // Another one under the same id meanwhile.
            row = now;
        }

        return null;
    }

    /// <summary>
    /// Finds out whether the kernel would let the caller remove an object, by the kernel's own rule: it can't be asked
    /// (ipcctl_obtain_check in ipc/util.c).
    /// </summary>
    /// <exception cref="IpcAccessDeniedException">It would not.</exception>
    internal void CheckMayRemove(IpcObject found, uint user)
    {
        if (user != found.OwnerId && user != found.CreatorId && !Kernel.MayAdministrate())
            throw Errno.ToException(Errno.EPERM, Subject(found), "removed", found);
    }

    /// <summary>Removes an object at once (IPC_RMID).</summary>
    /// <exception cref="IpcException">The kernel refused, or it is gone.</exception>
    internal void Remove(IpcObject found)
    {
        if (Remove(found.Id) < 0)
            throw Errno.ToException(Libc.LastError, Subject(found), "removed", found);
    }

    /// <summary>How an error begins: "Semaphore set 5 (key 0x00005eed, owner oracle, 2 semaphores)".</summary>
    internal string Subject(IpcObject found) => Wording.Capital(found.Describe(Noun));

    /// <summary>What it holds, for use in a sentence: "1 semaphore".</summary>
    internal abstract string Extent(IpcRow row);

    /// <summary>
    /// What single calls tell of an object, with its row as it was given; null when it is gone, or has become another
    /// under the same id.
    /// </summary>
    private protected abstract IpcFacts? Ask(IpcRow row);

    /// <summary>The highest place in the kernel's array that has an object (SEM_INFO).</summary>
    /// <param name="count">How many objects there are.</param>
    /// <returns>Below 0 where it can't be told.</returns>
    internal abstract int HighestIndex(out int count);

    /// <summary>IPC_STAT by the place in the kernel's array, without a right on the object (SEM_STAT_ANY).</summary>
    /// <returns>The id; below 0 where it fails, then <see cref="Libc.LastError"/> says why.</returns>
    internal abstract int StatAny(int index, Span<byte> buffer);

    /// <summary>IPC_STAT. Below 0 where it fails; then <see cref="Libc.LastError"/> says why.</summary>
    private protected abstract int Stat(int id, Span<byte> buffer);

    /// <summary>IPC_RMID, in the same way.</summary>
    private protected abstract int Remove(int id);

    /// <summary>What errors call an object: "Semaphore set 5".</summary>
    private protected string Subject(int id) => $"{Wording.Capital(Noun)} {id}";

    /// <summary>An object from what IPC_STAT has filled.</summary>
    internal IpcRow FromStat(int id, ReadOnlySpan<byte> stat)
    {
        Span<long> fields = stackalloc long[Fields.Length];
        for (var field = 0; field < fields.Length; field++)
            fields[field] = Fields[field].Offset?.Read(stat) ?? IpcField.Unknown;
        return MakeRow(IpcHead.FromStat(id, stat, ChangeTime.Read(stat)), fields);
    }
}

/// <summary>The same with what is made of an object.</summary>
/// <typeparam name="TObject">What the cmdlets return.</typeparam>
internal abstract class IpcKind<TObject>(IpcKernel kernel) : IpcKind(kernel)
    where TObject : IpcObject
{
    private readonly Origin _origin = new(kernel.NamespaceId, kernel.BootId);
    private readonly Dictionary<(uint, uint, uint, uint, int), Rights> _rights = [];

    /// <summary>
    /// The properties of its own by which one is told from another, or from what it was made: numbers, times, and
    /// processes.
    /// </summary>
    internal abstract string[] IdentityProperties { get; }

    /// <summary>The same by which is told whether one was used meanwhile.</summary>
    internal abstract string[] ActivityProperties { get; }

    /// <summary>The snapshot that cmdlets return.</summary>
    internal abstract TObject Describe(IpcFacts facts, in Verdict verdict, AccountNames names);

    /// <summary>What all kinds of objects have.</summary>
    private protected CommonValues Common(IpcFacts facts, in Verdict verdict, AccountNames names) =>
        new()
        {
            Id = facts.Row.Id,
            Key = facts.Row.Key,
            Rights = RightsOf(facts.Row, names),
            ChangeTime = ToLocalTime(facts.Row.ChangeTime),
            LastUsedTime = ToLocalTime(facts.LastTouch),
            Why = verdict.Why,
            Origin = _origin,
        };

    private Rights RightsOf(IpcRow row, AccountNames names)
    {
        var key = (row.OwnerId, row.GroupId, row.CreatorId, row.CreatorGroupId, row.Mode);
        if (_rights.TryGetValue(key, out var known))
            return known;
        return _rights[key] = new()
        {
            Owner = names.User(row.OwnerId),
            OwnerId = row.OwnerId,
            Group = names.Group(row.GroupId),
            GroupId = row.GroupId,
            Creator = names.User(row.CreatorId),
            CreatorId = row.CreatorId,
            CreatorGroup = names.Group(row.CreatorGroupId),
            CreatorGroupId = row.CreatorGroupId,
            Mode = IpcMode.Octal(row.Mode),
            Permissions = IpcMode.Permissions(row.Mode),
        };
    }

    /// <summary>A time in seconds since the epoch, of which 0 is never.</summary>
    private protected static DateTime? ToTime(long seconds) => seconds == 0 ? null : ToLocalTime(seconds);

    private static DateTime ToLocalTime(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds).LocalDateTime;
}
