using PSSysVIpc.Ipc;

namespace PSSysVIpc.Commands;

/// <summary>Completes the names of the limits that the kernel doesn't fix.</summary>
public sealed class SettableLimitNameCompleter : LimitNameCompleter
{
    private protected override bool Offers(LimitDefinition limit) => limit.Sysctl is not null;
}
