using System.Runtime.InteropServices;
using PSSysVIpc.Accounts;
using PSSysVIpc.Ipc;
using PSSysVIpc.Native;
using PSSysVIpc.Status;

namespace PSSysVIpc.Kinds;

/// <summary>Semaphore sets.</summary>
internal sealed class SemaphoreKind(IpcKernel kernel) : IpcKind<IpcSemaphoreSet>(kernel)
{
    // struct semid64_ds: on x86-64 (measured) each time has 8 bytes of padding after it, on arm64
    // (asm-generic/sembuf.h) none has.
    private static readonly IpcField[] s_fields =
    [
        new(new("nsems", 1, int.MaxValue), new(X64: 80, Arm64: 64)),
        new(new("otime", 0, LastSecond), new(X64: 48, Arm64: 48)),
    ];

    private readonly ProcessLists _processes = new();
    private GuardedMemory? _values;

    internal override string Resource => LimitTable.Semaphore;

    internal override string Noun => "semaphore set";

    internal override string CmdletNoun => "IpcSemaphore";

    internal override string[] IdentityProperties => [nameof(IpcSemaphoreSet.SemaphoreCount)];

    internal override string[] ActivityProperties => [nameof(IpcSemaphoreSet.LastOperationTime)];

    private protected override string Path => "/proc/sysvipc/sem";

    private protected override string IdColumn => "semid";

    private protected override IpcField[] Fields => s_fields;

    private protected override StatOffset ChangeTime => new(X64: 64, Arm64: 56);

    internal override string Extent(IpcRow row) => IpcSemaphoreSet.ExtentOf((int)row.Size);

    internal override IpcSemaphoreSet Describe(IpcFacts facts, in Verdict verdict, AccountNames names)
    {
        var (set, states) = (((SemaphoreFacts)facts).Set, ((SemaphoreFacts)facts).States);
        return new(
            Common(facts, verdict, names),
            new()
            {
                SemaphoreCount = set.Count,
                LastOperationTime = ToTime(set.OperationTime),
                LastProcesses = _processes.Of(verdict.LastProcesses),
                WaitingCount = states is null ? null : facts.WaitingCount,
                WaitingProcesses = states is null ? null : ProcessLists.Of(verdict.Waiters.Processes),
                Semaphores = states is null ? null : new(ToSemaphores(set.Id, states)),
            }
        );
    }

    // struct seminfo is ten ints, of which SEM_INFO makes the eighth the number of sets (semctl(2)).
    internal override int HighestIndex(out int count)
    {
        Span<int> info = stackalloc int[10];
        var highest = Kernel.SemaphoreControl(0, Libc.SEM_INFO, MemoryMarshal.AsBytes(info));
        count = info[7];
        return highest;
    }

    internal override int StatAny(int index, Span<byte> buffer) =>
        Kernel.SemaphoreControl(index, Libc.SEM_STAT_ANY, buffer);

    private protected override IpcRow MakeRow(IpcHead head, ReadOnlySpan<long> fields) =>
        new SemaphoreRow(head, (int)fields[0], fields[1]);

    private protected override int Stat(int id, Span<byte> buffer) =>
        Kernel.SemaphoreControl(id, Libc.IPC_STAT, buffer);

    private protected override int Remove(int id) => Kernel.SemaphoreControl(id, 0, Libc.IPC_RMID);

    private protected override IpcFacts? Ask(IpcRow row)
    {
        var states = new SemaphoreState[row.Size];
        var values = Reserve(states.Length);
        if (!values.IsEmpty && Kernel.SemaphoreControl(row.Id, Libc.GETALL, MemoryMarshal.AsBytes(values)) < 0)
            return Unasked(row);
        for (var number = 0; number < states.Length; number++)
        {
            var value = values.IsEmpty ? Kernel.SemaphoreControl(row.Id, number, Libc.GETVAL) : values[number];
            var process = value < 0 ? -1 : Kernel.SemaphoreControl(row.Id, number, Libc.GETPID);
            var increase = process < 0 ? -1 : Kernel.SemaphoreControl(row.Id, number, Libc.GETNCNT);
            var zero = increase < 0 ? -1 : Kernel.SemaphoreControl(row.Id, number, Libc.GETZCNT);
            if (zero < 0)
                return Unasked(row);
            states[number] = new SemaphoreState(value, process, increase, zero);
        }

        return new SemaphoreFacts(row, states);
    }

    // For all values at once. GETALL takes no length, and by then the id could name a larger set. Empty where there is
    // no such memory, and for one semaphore, which takes one call either way.
    private Span<ushort> Reserve(int semaphores)
    {
        var length = semaphores * sizeof(ushort);
        if (semaphores > 1 && !(_values?.Capacity >= length))
        {
            _values?.Dispose();
            _values = GuardedMemory.TryMake(length);
        }

        return semaphores > 1 && _values is not null ? MemoryMarshal.Cast<byte, ushort>(_values.Last(length)) : [];
    }

    // After a call that failed.
    private IpcFacts? Unasked(IpcRow row)
    {
        var errno = Libc.LastError;
        if (Errno.IsDenied(errno))
            return new SemaphoreFacts(row, States: null);
        // A larger set has the id by now.
        if (errno == Errno.EFAULT)
            return Find(row.Id, TimeSpan.Zero) is { } now && !now.IsSameObject(row) ? Ask(now) : null;
        return Errno.IsGone(errno) ? null : throw Errno.ToException(errno, Subject(row.Id), "read", row.Id);
    }

    // There can be tens of thousands: no queries.
    private static IpcSemaphore[] ToSemaphores(int setId, SemaphoreState[] states)
    {
        var semaphores = new IpcSemaphore[states.Length];
        for (var index = 0; index < states.Length; index++)
        {
            var (value, last, increase, zero) = states[index];
            semaphores[index] = new(setId, index, value, increase, zero, last == 0 ? null : last);
        }

        return semaphores;
    }
}
