using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace PSSysVIpc.HelpGen;

/// <summary>The cmdlets of the built module, as the engine sees them.</summary>
internal sealed class ModuleSurface : IDisposable
{
    private readonly Runspace _runspace;

    internal ModuleSurface(string manifest)
    {
        var state = InitialSessionState.CreateDefault2();
        _runspace = RunspaceFactory.CreateRunspace(state);
        _runspace.Open();
        using var shell = PowerShell.Create(_runspace);
        shell
            .AddCommand("Import-Module")
            .AddParameter("Name", manifest)
            .AddParameter("PassThru")
            .AddParameter("ErrorAction", "Stop");
        var module = (PSModuleInfo)shell.Invoke().Single().BaseObject;
        Cmdlets = [.. module.ExportedCmdlets.Values.OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal)];
    }

    internal CmdletInfo[] Cmdlets { get; }

    internal CmdletInfo? Find(string name) =>
        Array.Find(Cmdlets, cmdlet => cmdlet.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>What a cmdlet declares itself: -WhatIf and -Confirm, but not what all cmdlets have.</summary>
    internal static IEnumerable<ParameterMetadata> ParametersOf(CmdletInfo cmdlet) =>
        cmdlet.Parameters.Values.Where(parameter => !Cmdlet.CommonParameters.Contains(parameter.Name));

    public void Dispose() => _runspace.Dispose();
}
