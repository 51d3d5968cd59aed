using System.Globalization;

namespace PSSysVIpc;

/// <summary>
/// What every System V IPC object has. A snapshot: no property asks the kernel later, and there is no way to make
/// one but to read it.
/// </summary>
/// <remarks>
/// The properties are abstract, and overridden in each kind of object, so that they come first and in this order in
/// Select-Object, CSV and JSON: PowerShell lists what the derived class declares before what the base does.
/// </remarks>
public abstract class IpcObject
{
    private protected IpcObject(in CommonValues common) => Common = common;

    /// <summary>The number the kernel knows it by, 0 to 2147483647. 0 is an id like any other.</summary>
    public abstract int Id { get; }

    /// <summary>
    /// The key programs open it by; 0 (IPC_PRIVATE) means that it has none. A comparison with 0xdeadbeef finds nothing,
    /// as PowerShell reads that as a negative number: compare <see cref="KeyText"/>.
    /// </summary>
    public abstract uint Key { get; }

    /// <summary>The same as <c>0xdeadbeef</c>: 0x and eight hexadecimal digits in lower case.</summary>
    public abstract string KeyText { get; }

    /// <summary>The owner's name, or its number as text where no account has it.</summary>
    public abstract string Owner { get; }

    /// <summary>The owner's user id.</summary>
    public abstract uint OwnerId { get; }

    /// <summary>The group's name, or its number as text.</summary>
    public abstract string Group { get; }

    /// <summary>The group's id.</summary>
    public abstract uint GroupId { get; }

    /// <summary>The name of the user that made it, or its number as text.</summary>
    public abstract string Creator { get; }

    /// <summary>The user id of its creator.</summary>
    public abstract uint CreatorId { get; }

    /// <summary>The name of its creator's group, or its number as text.</summary>
    public abstract string CreatorGroup { get; }

    /// <summary>The id of its creator's group.</summary>
    public abstract uint CreatorGroupId { get; }

    /// <summary>The permission bits in octal digits, such as <c>0660</c>.</summary>
    public abstract string Mode { get; }

    /// <summary>The same as <c>rw-rw----</c>.</summary>
    public abstract string Permissions { get; }

    /// <summary>When it was made or its owner, mode or content was last set, in local time and whole seconds.</summary>
    public abstract DateTime ChangeTime { get; }

    /// <summary>
    /// When it was last used or changed, whichever is later, in local time and whole seconds. Never null: so what was
    /// made a moment ago and never used isn't taken for old.
    /// </summary>
    public abstract DateTime LastUsedTime { get; }

    /// <summary><c>InUse</c>, <c>Stale</c>, <c>Orphaned</c> or <c>Unknown</c>.</summary>
    public abstract string Status { get; }

    /// <summary>
    /// In whole sentences: the status, the facts that led to it with the processes they are about, and what would
    /// settle a doubt. <c>Stale: php-fpm8.2 (812, www-data, since 2026-01-31 09:14:02) could still use it: … Stop it or
    /// use -AllowStale.</c>
    /// </summary>
    public abstract string StatusReason { get; }

    /// <summary>The inode of the IPC namespace it was read in.</summary>
    public abstract ulong NamespaceId { get; }

    /// <summary>
    /// The boot of the machine it was read on. Ids mean nothing on another machine or after another boot.
    /// </summary>
    public abstract Guid BootId { get; }

    private protected CommonValues Common { get; }

    /// <summary>Which one it is: "semaphore set 5 (key 0x00005eed, owner oracle, 2 semaphores)".</summary>
    /// <param name="noun">What its kind is called.</param>
    internal string Describe(string noun) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{noun} {Id} (key {KeyText}, owner {Printable.Of(Owner)}, {Extent})"
        );

    /// <summary>What it holds, for use in a sentence: "1 semaphore".</summary>
    internal abstract string Extent { get; }

    /// <summary>Whether it was removed already, and stays only for those who have it still.</summary>
    internal virtual bool IsRemovedAlready => false;

    /// <summary>What its removal does beside that it is gone.</summary>
    internal virtual RemovalEffect Effect => default;

    /// <summary>The status and its facts, without what would settle them.</summary>
    internal string Grounds => Common.Why.Grounds;

    /// <summary>
    /// Whether what it holds, and who touched it last, is as in another snapshot of it. Finer than the times, which
    /// are whole seconds.
    /// </summary>
    internal abstract bool HasSameContent(IpcObject other);
}
