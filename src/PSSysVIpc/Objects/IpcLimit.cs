namespace PSSysVIpc;

/// <summary>
/// One of the kernel's limits of System V IPC in an IPC namespace, and how much of it was used when it was read.
/// </summary>
public sealed class IpcLimit
{
    private readonly LimitValues _values;

    internal IpcLimit(LimitValues values) => _values = values;

    /// <summary>Its name in the kernel and in manuals: <c>SEMMNI</c>.</summary>
    public string Name => _values.Name;

    /// <summary><c>Semaphore</c>, <c>SharedMemory</c> or <c>MessageQueue</c>.</summary>
    public string Resource => _values.Resource;

    /// <summary>
    /// The limit, in <see cref="Unit"/>. Where <see cref="IsUnlimited"/>, the number that the kernel has there.
    /// </summary>
    public ulong Value => _values.Value;

    /// <summary>
    /// The least it can be set to here, in <see cref="Unit"/>; the value itself where the kernel fixes it. 0, which
    /// stops every program that needs it, takes -Force.
    /// </summary>
    public ulong Minimum => _values.Minimum;

    /// <summary>
    /// The most it can be set to here, in <see cref="Unit"/>; the value itself where the kernel fixes it.
    /// </summary>
    public ulong Maximum => _values.Maximum;

    /// <summary>
    /// How much there is of what it limits, in <see cref="Unit"/>; null for a limit that holds for each object or call
    /// by itself. It can be more than the limit, which can be lowered below what is there.
    /// </summary>
    public ulong? Used => _values.Used;

    /// <summary>What is left: 0 where more is used than the limit allows; null where nothing is counted.</summary>
    public ulong? Available => Used > Value ? 0 : Value - Used;

    /// <summary>
    /// <see cref="Used"/> in percent of <see cref="Value"/>, over 100 too; null where nothing is counted, or the limit
    /// is 0.
    /// </summary>
    public double? UsedPercent => Value == 0 ? null : Used * 100.0 / Value;

    /// <summary>What is counted: <c>sets</c>, <c>bytes</c>. Empty where it is a mere number.</summary>
    public string Unit => _values.Unit;

    /// <summary>The sysctl that has it: <c>kernel.sem</c>; null where the kernel's source fixes it.</summary>
    public string? Sysctl => _values.Sysctl;

    /// <summary>What it limits, in plain words.</summary>
    public string Description => _values.Description;

    /// <summary>
    /// Whether nobody can change it here: the kernel fixes it, or /proc/sys is mounted read-only. False where the
    /// caller merely lacks the right, and then the mount can't be told.
    /// </summary>
    public bool IsReadOnly => _values.IsReadOnly;

    /// <summary>Whether it limits nothing: the kernel's default for SHMMAX and SHMALL.</summary>
    public bool IsUnlimited => _values.IsUnlimited;

    /// <summary>
    /// What the next boot will set it to, in the machine's first IPC namespace; null where no file says so, and the
    /// kernel's default will hold. Also null where the file says a negative number; <see cref="PersistedIn"/> tells the
    /// two apart.
    /// </summary>
    public ulong? PersistedValue => _values.PersistedValue;

    /// <summary>
    /// The file and the line that say so, <c>/etc/sysctl.d/90-ipc.conf:3</c>, or that should and don't, see
    /// <see cref="PersistedProblem"/>; null where no file does.
    /// </summary>
    public string? PersistedIn => _values.PersistedIn;

    /// <summary>
    /// Why the line doesn't set it, as the kernel or the reader refuses it, and what the next boot makes of it instead;
    /// or that what it sets is no limit. Null where all is well.
    /// </summary>
    public string? PersistedProblem => _values.PersistedProblem;

    /// <summary>
    /// <c>Ok</c>; <c>Warning</c> from 80 % on; <c>Exhausted</c> where nothing is left; <c>Unknown</c> where it can't be
    /// seen how much is used.
    /// </summary>
    public string Status => _values.Status;

    /// <summary>The inode of the IPC namespace it was read in, and which it holds for.</summary>
    public ulong NamespaceId => _values.NamespaceId;

    /// <summary>The boot of the machine it was read on.</summary>
    public Guid BootId => _values.BootId;

    /// <summary>The limit's name.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Name;
}
