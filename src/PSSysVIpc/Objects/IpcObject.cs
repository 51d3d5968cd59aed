using PSSysVIpc.Accounts;
using PSSysVIpc.Kernel;
using PSSysVIpc.Status;

namespace PSSysVIpc;

/// <summary>
/// What every System V IPC object has. A snapshot: no property asks the kernel later, and there is no way to make
/// one but to read it.
/// </summary>
public abstract class IpcObject
{
    private protected IpcObject(IpcRow row, Verdict verdict, IpcKernel kernel, AccountNames names)
    {
        Id = row.Id;
        Key = row.Key;
        Owner = names.User(row.OwnerId);
        OwnerId = row.OwnerId;
        Group = names.Group(row.GroupId);
        GroupId = row.GroupId;
        Creator = names.User(row.CreatorId);
        CreatorId = row.CreatorId;
        CreatorGroup = names.Group(row.CreatorGroupId);
        CreatorGroupId = row.CreatorGroupId;
        Mode = IpcMode.Octal(row.Mode);
        Permissions = IpcMode.Permissions(row.Mode);
        ChangeTime = ToLocalTime(row.ChangeTime);
        Status = verdict.Status;
        StatusReason = verdict.Reason;
        NamespaceId = kernel.NamespaceId;
        BootId = kernel.BootId;
        Extent = row.Extent;
    }

    /// <summary>The number the kernel knows it by, 0 to 2147483647. 0 is an id like any other.</summary>
    public int Id { get; }

    /// <summary>The key programs open it by; 0 (IPC_PRIVATE) means that it has none.</summary>
    public uint Key { get; }

    /// <summary>The owner's name, or its number as text where no account has it.</summary>
    public string Owner { get; }

    /// <summary>The owner's user id.</summary>
    public uint OwnerId { get; }

    /// <summary>The group's name, or its number as text.</summary>
    public string Group { get; }

    /// <summary>The group's id.</summary>
    public uint GroupId { get; }

    /// <summary>The name of the user that made it, or its number as text.</summary>
    public string Creator { get; }

    /// <summary>The user id of its creator.</summary>
    public uint CreatorId { get; }

    /// <summary>The name of its creator's group, or its number as text.</summary>
    public string CreatorGroup { get; }

    /// <summary>The id of its creator's group.</summary>
    public uint CreatorGroupId { get; }

    /// <summary>The permission bits in octal digits, such as <c>0660</c>.</summary>
    public string Mode { get; }

    /// <summary>The same as <c>rw-rw----</c>.</summary>
    public string Permissions { get; }

    /// <summary>When it was made or its owner, mode or content was last set, in local time and whole seconds.</summary>
    public DateTime ChangeTime { get; }

    /// <summary><c>InUse</c>, <c>Stale</c>, <c>Orphaned</c> or <c>Unknown</c>.</summary>
    public string Status { get; }

    /// <summary>
    /// In whole sentences: the status, the facts that led to it with the processes they are about, and what would settle
    /// a doubt. <c>Stale: php-fpm8.2 (812, www-data, since 2026-01-31 09:14:02) could still use it: … Stop it or use
    /// -AllowStale.</c>
    /// </summary>
    public string StatusReason { get; }

    /// <summary>The inode of the IPC namespace it was read in.</summary>
    public ulong NamespaceId { get; }

    /// <summary>The boot of the machine it was read on. Ids mean nothing on another machine or after another boot.</summary>
    public Guid BootId { get; }

    /// <summary>What it holds, for use in a sentence: "1 semaphore".</summary>
    internal string Extent { get; }

    /// <summary>
    /// Whether what it holds, and who touched it last, is as in another snapshot of it. Finer than the times, which
    /// are whole seconds.
    /// </summary>
    internal abstract bool HasSameContent(IpcObject other);

    private protected static DateTime ToLocalTime(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds).LocalDateTime;
}
