using System.Management.Automation;
using PSSysVIpc.Kinds;
using PSSysVIpc.Status;

namespace PSSysVIpc.Commands;

/// <summary>Which statuses a removal may touch, and what a refusal says.</summary>
internal sealed class RemovalGuard(IpcKind kind, IpcIdentity identity, bool allowStale, bool force)
{
    /// <summary>What was piped, and what is there now.</summary>
    /// <exception cref="IpcChangedException">They aren't the same, or it was used in between.</exception>
    internal void CheckIsWhatWasRead(PSObject read, IpcObject now)
    {
        if (identity.Difference(read, now, MayBeBusy(read)) is { } difference)
            throw Changed(now, difference);
    }

    /// <summary>The same for what was found and what a last look has shown, which differ in something.</summary>
    /// <param name="found">What was found.</param>
    /// <param name="now">What the last look has shown.</param>
    /// <param name="otherwise">In what, where no property shows it.</param>
    /// <exception cref="IpcChangedException">Nobody has forced the removal of what is in use.</exception>
    internal void CheckMayDiffer(IpcObject found, IpcObject now, string otherwise)
    {
        var read = PSObject.AsPSObject(found);
        var isBusy = MayBeBusy(read);
        var difference = identity.Difference(read, now, isBusy);
        if (difference is not null || !isBusy)
            throw Changed(found, difference ?? otherwise);
    }

    /// <exception cref="IpcInUseException">It is in use.</exception>
    /// <exception cref="IpcMayBeInUseException">It may be in use.</exception>
    internal void Check(IpcObject found)
    {
        switch (found.Status)
        {
            case IpcStatus.Orphaned:
            case IpcStatus.Stale when allowStale || force:
            case IpcStatus.Unknown or IpcStatus.InUse when force:
                return;
            case IpcStatus.InUse:
                throw new IpcInUseException($"{kind.Subject(found)} was left alone. {found.StatusReason}", found);
            default:
                throw new IpcMayBeInUseException($"{kind.Subject(found)} was left alone. {found.StatusReason}", found);
        }
    }

    /// <summary>
    /// While a prompt stood, or a table grew old, the world went on: what was agreed to must still hold.
    /// </summary>
    /// <exception cref="IpcChangedException">The verdict is no longer what it was.</exception>
    internal void CheckStillHolds(IpcObject asked, Verdict now)
    {
        // Whoever forces the removal of what is in use has said so of the worst there is.
        if (force && asked.Status == IpcStatus.InUse)
            return;
        if (now.Status != asked.Status && now.Status != IpcStatus.Orphaned)
            throw Changed(asked, IpcIdentity.WasAndIs(asked.Status, now.Reason));
    }

    // What is in constant use differs in half of two looks; whoever forces the removal of that knows it.
    private bool MayBeBusy(PSObject read) =>
        force && IpcIdentity.StatusOf(read).Equals(IpcStatus.InUse, StringComparison.OrdinalIgnoreCase);

    private IpcChangedException Changed(IpcObject found, string difference) =>
        new(
            $"{kind.Subject(found)} was left alone. It is not, or no longer, what was read: {difference}. Read it "
                + "again and decide anew.",
            found
        );
}
