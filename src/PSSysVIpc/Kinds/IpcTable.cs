using PSSysVIpc.Ipc;
using Column = PSSysVIpc.Ipc.SysVTable.Column;

namespace PSSysVIpc.Kinds;

/// <summary>
/// The table of one kind of IPC object in one IPC namespace (sysvipc_proc_show functions in ipc/): enough to count them
/// against the limits. What differs between the kinds is abstract.
/// </summary>
internal abstract class IpcTable
{
    /// <summary>The last second of the year 9999, the last a DateTime can hold.</summary>
    private protected const long LastSecond = 253402300799;

    private const int CommonColumns = 8;

    private readonly Lazy<Column[]> _columns;

    private protected IpcTable(IpcKernel kernel)
    {
        Kernel = kernel;
        _columns = new(() =>
            [
                new(IdColumn, 0, int.MaxValue),
                new("key", int.MinValue, uint.MaxValue),
                new("perms", 0, 0xFFFF, Base: 8),
                new("uid", 0, uint.MaxValue),
                new("gid", 0, uint.MaxValue),
                new("cuid", 0, uint.MaxValue),
                new("cgid", 0, uint.MaxValue),
                new("ctime", 0, LastSecond),
                .. Fields.Select(field => field.Column).OfType<Column>(),
            ]
        );
    }

    internal IpcKernel Kernel { get; }

    /// <summary>Which limits are about them: one of the resources of <see cref="LimitTable"/>.</summary>
    internal abstract string Resource { get; }

    /// <summary>What one is called in a sentence: "semaphore set".</summary>
    internal abstract string Noun { get; }

    /// <summary>The table's file.</summary>
    private protected abstract string Path { get; }

    /// <summary>The name of the column that has the id: "semid".</summary>
    private protected abstract string IdColumn { get; }

    /// <summary>What such an object has beside what all kinds have.</summary>
    private protected abstract IpcField[] Fields { get; }

    /// <summary>All objects, by rising id. Needs no right on any of them.</summary>
    /// <exception cref="IpcUnavailableException">There is no such table here.</exception>
    /// <exception cref="IpcBadDataException">The text is no such table.</exception>
    internal virtual List<IpcRow> Read() => ReadTable();

    private protected List<IpcRow> ReadTable() => Parse(Kernel.ReadTable(Path));

    /// <summary>
    /// The rows by rising id, each id once: some kernels of 2020 listed a row twice (sysvipc_find_ipc in ipc/util.c).
    /// </summary>
    /// <exception cref="IpcBadDataException">The text is no such table.</exception>
    internal List<IpcRow> Parse(ReadOnlySpan<byte> text)
    {
        var rows = new List<IpcRow>();
        var table = new SysVTable(text, Path, _columns.Value);
        Span<long> fields = stackalloc long[Fields.Length];
        while (table.MoveNext())
        {
            var own = table.Values[CommonColumns..];
            for (var field = 0; field < fields.Length; field++)
            {
                var isTold = Fields[field].Column is not null;
                fields[field] = isTold ? own[0] : IpcField.Unknown;
                own = isTold ? own[1..] : own;
            }

            rows.Add(MakeRow(Head(table.Values), fields));
        }

        return Sort(rows);
    }

    /// <summary>Rows by rising id, each id once.</summary>
    /// <exception cref="IpcBadDataException">Two different objects have one id.</exception>
    private protected List<IpcRow> Sort(List<IpcRow> rows)
    {
        // The kernel lists by slot, not by id.
        rows.Sort((one, other) => one.Id.CompareTo(other.Id));
        var kept = 0;
        for (var next = 0; next < rows.Count; next++)
        {
            if (kept == 0 || rows[kept - 1].Id != rows[next].Id)
                rows[kept++] = rows[next];
            else if (!rows[kept - 1].IsSameObject(rows[next]))
                throw new IpcBadDataException(
                    $"{Path} can't be read: it lists two different {Noun}s with the id {rows[next].Id}. No object was "
                        + "made from it.",
                    Path
                );
        }

        rows.RemoveRange(kept, rows.Count - kept);
        return rows;
    }

    /// <summary>One object, from the table or from IPC_STAT.</summary>
    /// <param name="head">What all kinds have.</param>
    /// <param name="fields">The numbers of <see cref="Fields"/>, in that order.</param>
    private protected abstract IpcRow MakeRow(IpcHead head, ReadOnlySpan<long> fields);

    // In the order of the columns above.
    private static IpcHead Head(ReadOnlySpan<long> row)
    {
        var (mode, flags) = IpcHead.Split((int)row[2]);
        return new(
            (int)row[0],
            unchecked((uint)row[1]),
            mode,
            (uint)row[3],
            (uint)row[4],
            (uint)row[5],
            (uint)row[6],
            row[7],
            flags
        );
    }
}
