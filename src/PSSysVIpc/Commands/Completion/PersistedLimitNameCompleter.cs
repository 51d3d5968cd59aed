using PSSysVIpc.Boot;
using PSSysVIpc.Ipc;

namespace PSSysVIpc.Commands;

/// <summary>
/// Completes the names of the limits that Set-IpcLimit -Persist has kept; of all of them where its file can't be read.
/// </summary>
public sealed class PersistedLimitNameCompleter : LimitNameCompleter
{
    private readonly Lazy<DropIn?> _file = new(() => TryRead(() => DropInFile.Read()));

    private protected override bool Offers(LimitDefinition limit) =>
        _file.Value is not { } file || file.Keys.Contains(limit.Sysctl);
}
