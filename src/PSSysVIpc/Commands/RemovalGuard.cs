using PSSysVIpc.Status;

namespace PSSysVIpc.Commands;

/// <summary>Which statuses a removal may touch, and what a refusal says.</summary>
internal sealed class RemovalGuard(bool allowStale, bool force)
{
    /// <exception cref="IpcInUseException">It is in use.</exception>
    /// <exception cref="IpcMayBeInUseException">It may be in use.</exception>
    internal void Check(IpcObject found, string subject)
    {
        switch (found.Status)
        {
            case IpcStatus.Orphaned:
            case IpcStatus.Stale when allowStale || force:
            case IpcStatus.Unknown or IpcStatus.InUse when force:
                return;
            case IpcStatus.InUse:
                throw new IpcInUseException($"{subject} was left alone. {found.StatusReason}", found);
            default:
                throw new IpcMayBeInUseException($"{subject} was left alone. {found.StatusReason}", found);
        }
    }

    /// <summary>
    /// While a prompt stood, or a table grew old, the world went on: what was agreed to must still hold.
    /// </summary>
    /// <exception cref="IpcChangedException">The verdict is no longer what it was.</exception>
    internal static void CheckStillHolds(IpcObject asked, Verdict now, string subject)
    {
        if (now.Status != asked.Status && now.Status != IpcStatus.Orphaned)
            throw Changed(subject, IpcIdentity.WasAndIs(asked.Status, now.Reason), asked);
    }

    internal static IpcChangedException Changed(string subject, string difference, IpcObject target) =>
        new(
            $"{subject} was left alone. It is not, or no longer, what was read: {difference}. Read it again and "
                + "decide anew.",
            target
        );
}
