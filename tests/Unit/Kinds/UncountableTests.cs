using System.Management.Automation;
using System.Management.Automation.Runspaces;
using PSSysVIpc.Commands;
using PSSysVIpc.Ipc;
using PSSysVIpc.Kinds;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Kinds;

/// <summary>
/// Limits of what can't be counted. The kinds are everybody's: other tests at the same time would miss theirs.
/// </summary>
[Collection(Alone.Name)]
public sealed class UncountableTests : IDisposable
{
    private readonly IReadOnlyList<Func<IpcKernel, IpcTable>> _kinds = IpcKinds.All;

    [Fact]
    public void They_are_there_all_the_same_without_how_much_is_used()
    {
        IpcKinds.All = [_kinds[0], kernel => new Uncountable(kernel, _kinds[1](kernel)), _kinds[2]];
        var state = InitialSessionState.CreateDefault2();
        state.Commands.Add(new SessionStateCmdletEntry("Get-IpcLimit", typeof(GetIpcLimitCommand), null));
        using var runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        using var shell = PowerShell.Create(runspace);
        shell.AddScript(
            "$all = Get-IpcLimit -ErrorAction SilentlyContinue -ErrorVariable e; "
                + "\"$(($all | Where-Object Status -eq Unknown).Name): $($e.FullyQualifiedErrorId)\""
        );

        Assert.Equal(
            "SHMALL SHMMNI: IpcUnavailable,PSSysVIpc.Commands.GetIpcLimitCommand",
            Assert.Single(shell.Invoke()).BaseObject
        );
    }

    public void Dispose() => IpcKinds.All = _kinds;
}
