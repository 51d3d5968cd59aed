using PSSysVIpc.Ipc;

namespace PSSysVIpc.Limits;

/// <summary>One limit that is to have another value.</summary>
/// <param name="Limit">Which one.</param>
/// <param name="Old">What it was when that was decided. In kernel.sem it can be negative.</param>
/// <param name="New">What it shall be.</param>
internal sealed record LimitChange(LimitDefinition Limit, Int128 Old, ulong New)
{
    internal string OldText => Limit.Show(Old);

    internal string NewText => Limit.Show(New);
}
