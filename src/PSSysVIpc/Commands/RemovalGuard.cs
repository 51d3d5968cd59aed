using PSSysVIpc.Kinds;
using PSSysVIpc.Status;

namespace PSSysVIpc.Commands;

/// <summary>Which statuses a removal may touch, and what a refusal says.</summary>
internal sealed class RemovalGuard(IpcKind kind, bool allowStale, bool force)
{
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
        if (now.Status != asked.Status && now.Status != IpcStatus.Orphaned)
            throw Changed(asked, IpcIdentity.WasAndIs(asked.Status, now.Reason));
    }

    internal IpcChangedException Changed(IpcObject found, string difference) =>
        new(
            $"{kind.Subject(found)} was left alone. It is not, or no longer, what was read: {difference}. Read it "
                + "again and decide anew.",
            found
        );
}
