BeforeDiscovery {
    $script:repository = [IO.Path]::GetFullPath("$PSScriptRoot/../..")
    # What a build puts there is none of our writing.
    $script:scripts = Get-ChildItem $repository -Recurse -File -Include *.ps1, *.psm1, *.psd1 |
        Where-Object { $_.FullName.Substring($repository.Length) -notmatch '/(artifacts|bin|obj)/' } |
        ForEach-Object { @{ File = $_.FullName.Substring($repository.Length + 1) } }
}

BeforeAll {
    Import-Module $PSScriptRoot/Sandbox.psm1
    $script:repository = [IO.Path]::GetFullPath("$PSScriptRoot/../..")
    $script:manifest = Get-ModuleManifestPath
    $script:module = Get-Module PSSysVIpc
}

AfterAll { Clear-Sandbox }

Describe 'The module' {
    It 'is the built folder, and no other is loaded' {
        @($module).Count | Should -Be 1
        $module.ModuleBase | Should -Be (Split-Path $manifest)
        [PSSysVIpc.IpcSemaphoreSet].Assembly.Location | Should -Be (Join-Path (Split-Path $manifest) PSSysVIpc.dll)
    }

    It 'has a manifest without errors or warnings' {
        $answer = Invoke-Collecting { Test-ModuleManifest $manifest }
        $answer.Error | Should -BeNullOrEmpty
        $answer.Warning | Should -BeNullOrEmpty
        $answer.Output.Name | Should -Be PSSysVIpc
    }

    It 'is for PowerShell 7.4 and later, and keeps its identity' {
        $facts = Import-PowerShellDataFile $manifest
        $facts.GUID | Should -Be 5f0c9d2e-7a64-4c1b-9c55-2f8f4f1b6a37
        $facts.PowerShellVersion | Should -Be 7.4
        $facts.CompatiblePSEditions | Should -Be Core
        # Named, and without wildcards: else PowerShell has to load the module to know what it exports.
        $facts.CmdletsToExport | Should -Be ($module.ExportedCmdlets.Keys | Sort-Object)
        foreach ($kind in 'Functions', 'Variables', 'Aliases') { , $facts["${kind}ToExport"] | Should -BeOfType [array]; $facts["${kind}ToExport"] | Should -BeNullOrEmpty }
    }

    It 'has a test file for each of its cmdlets' {
        foreach ($name in $module.ExportedCmdlets.Keys) { "$PSScriptRoot/$name.Tests.ps1" | Should -Exist }
    }

    It 'has the version of the manifest in its assembly' {
        $version = [PSSysVIpc.IpcSemaphoreSet].Assembly.GetName().Version
        "$($version.Major).$($version.Minor).$($version.Build)" | Should -Be "$($module.Version)"
    }

    It 'exports its cmdlets and nothing else' {
        $module.ExportedCommands.Keys | Sort-Object | Should -Be Get-IpcLimit, Get-IpcMessageQueue, Get-IpcSemaphore, Get-IpcSharedMemory, Remove-IpcLimitPersistence, Remove-IpcMessageQueue, Remove-IpcSemaphore, Remove-IpcSharedMemory, Set-IpcLimit
        $module.ExportedCommands.Values.CommandType | Sort-Object -Unique | Should -Be Cmdlet
        $module.ExportedVariables.Count | Should -Be 0
    }

    It 'loads without a word' {
        Invoke-ChildShell '' | Should -BeNullOrEmpty
        Invoke-ChildShell "Import-Module '$manifest' -Force -Verbose:`$false -WarningAction Stop -ErrorAction Stop; Remove-Module PSSysVIpc" |
            Should -BeNullOrEmpty
    }

    It 'is found by name and loaded by the first use of a cmdlet' {
        $folder = Split-Path (Split-Path $manifest)
        # A shell that has not loaded it yet: Microsoft.PowerShell.Utility stands in for it in what the helper imports.
        Invoke-ChildShell -Manifest Microsoft.PowerShell.Utility -Prefix env, "PSModulePath=$folder" -Script (
            'Get-IpcSemaphore -Owner nobody; (Get-Module PSSysVIpc).ModuleBase') | Should -Be (Split-Path $manifest)
    }

    It 'is not imported beside itself: a second copy is refused, and taken when the first one is removed' {
        Copy-Item (Split-Path $manifest) "$TestDrive/copy" -Recurse
        $copy = "$TestDrive/copy/PSSysVIpc.psd1"
        $text = Invoke-ChildShell "try { Import-Module '$copy' -ErrorAction Stop } catch { 'refused' }; (Get-IpcLimit SEMMNI).Name; (Get-Module PSSysVIpc).ModuleBase"
        $text | Should -Be "refused`nSEMMNI`n$(Split-Path $manifest)"
        $text = Invoke-ChildShell "Remove-Module PSSysVIpc; Import-Module '$copy' -ErrorAction Stop; (Get-IpcLimit SEMMNI).Name; (Get-Module PSSysVIpc).ModuleBase"
        $text | Should -Be "SEMMNI`n$TestDrive/copy"
    }

    It 'is found by who looks for the old commands: Get-Help <_>' -ForEach 'ipcrm', 'ipcs', 'lsipc', 'semaphore' {
        $folder = Split-Path (Split-Path $manifest)
        # Also before the module is loaded.
        $text = Invoke-ChildShell -Manifest Microsoft.PowerShell.Utility -Prefix env, "PSModulePath=$folder" -Script "Get-Help $_ | Out-String -Width 200"
        $text | Should -Match 'PSSysVIpc|about_SysVIpc'
        $text | Should -Not -Match 'could not find'
    }

    It 'finds account names with the native helper it ships' {
        $id = Add-SemaphoreSet -User 0
        $answer = Invoke-Collecting { Get-IpcSemaphore -Id $id }
        $answer.Warning | Should -BeNullOrEmpty
        $answer.Output.Owner | Should -Be root
        $answer.Output.Group | Should -Be root
    }
}

Describe 'The syntax of <Name>' -ForEach @(
    @{
        Name   = 'Get-IpcLimit'
        Type   = 'PSSysVIpc.IpcLimit'
        Syntax = @('Get-IpcLimit [[-Name] <string[]>] [-Resource <string[]>] [<CommonParameters>]')
    }
    @{
        Name   = 'Get-IpcSemaphore'
        Type   = 'PSSysVIpc.IpcSemaphoreSet'
        Syntax = @('Get-IpcSemaphore [[-Id] <int[]>] [-Key <uint[]>] [-Owner <string[]>] [-Status <string[]>] [<CommonParameters>]')
    }
    @{
        Name   = 'Remove-IpcLimitPersistence'
        Type   = $null
        ByName = 'Name'
        Syntax = @('Remove-IpcLimitPersistence [[-Name] <string[]>] [-WhatIf] [-Confirm] [<CommonParameters>]')
    }
    @{
        Name   = 'Set-IpcLimit'
        Type   = 'PSSysVIpc.IpcLimit'
        Syntax = @(
            'Set-IpcLimit [-Value <psobject>] [-InputObject <psobject>] [-AtLeast] [-Persist] [-Force] [-PassThru] [-WhatIf] [-Confirm] [<CommonParameters>]'
            'Set-IpcLimit [[-Name] <string>] [[-Value] <psobject>] [-AtLeast] [-Persist] [-Force] [-PassThru] [-WhatIf] [-Confirm] [<CommonParameters>]'
        )
    }
    @{
        Name   = 'Remove-IpcSemaphore'
        Type   = 'PSSysVIpc.IpcSemaphoreSet'
        Syntax = @(
            'Remove-IpcSemaphore [-InputObject <psobject[]>] [-AllowStale] [-Force] [-PassThru] [-WhatIf] [-Confirm] [<CommonParameters>]'
            'Remove-IpcSemaphore [[-Id] <int[]>] [-AllowStale] [-Force] [-PassThru] [-WhatIf] [-Confirm] [<CommonParameters>]'
            'Remove-IpcSemaphore [-Key <uint[]>] [-AllowStale] [-Force] [-PassThru] [-WhatIf] [-Confirm] [<CommonParameters>]'
        )
    }
) {
    It 'is the documented one' {
        (Get-Command $Name -Syntax) -split '\r?\n' | Where-Object { $_ } | Should -Be $Syntax
    }

    It 'names the type of what comes out' {
        (Get-Command $Name).OutputType.Name | Should -Be $Type
    }

    It 'takes no id from the pipeline by property name, as a process has an Id too, and names only where that is the runbook' {
        (Get-Command $Name).ParameterSets.Parameters | Where-Object ValueFromPipelineByPropertyName | ForEach-Object Name | Should -Be $ByName
    }

    It 'has no mandatory parameter, whose prompt would bend what is typed' {
        (Get-Command $Name).ParameterSets.Parameters | Where-Object IsMandatory | Should -BeNullOrEmpty
    }
}

Describe 'Remove-IpcSemaphore' {
    It 'takes the pipeline in its default set only' {
        $command = Get-Command Remove-IpcSemaphore
        $command.DefaultParameterSet | Should -Be InputObject
        ($command.ParameterSets | Where-Object { $_.Parameters.ValueFromPipeline -contains $true }).Name | Should -Be InputObject
    }
}

Describe 'The script <File>' -ForEach $scripts {
    BeforeAll {
        $script:mistakes = $null
        $script:syntax = [Management.Automation.Language.Parser]::ParseFile((Join-Path $repository $File), [ref]$null, [ref]$mistakes)
    }

    It 'has no mistake in its syntax' {
        $mistakes | Should -BeNullOrEmpty
    }

    It 'calls nothing by an alias' {
        $called = $syntax.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true) | ForEach-Object GetCommandName | Where-Object { $_ }
        $called | Where-Object { Test-Path -LiteralPath "Alias:$_" } | Should -BeNullOrEmpty
    }
}
