<#
.SYNOPSIS
    Builds, tests, packs or installs PSSysVIpc.
.DESCRIPTION
    A thin front of dotnet and MSBuild, which do the work: 'dotnet build' alone gives the finished module, too.
.PARAMETER Task
    Build    the module, in artifacts/module/PSSysVIpc. The default.
    Test     builds; runs all tests, which most need root for. The Pester
             suite runs in a pwsh and a Pester of its own; in yours,
             tests/Pester/Invoke-Suite.ps1 runs it.
    Pack     builds; makes artifacts/package/PSSysVIpc.VERSION.nupkg, which
             Install-PSResource and Save-PSResource take from a folder.
    Install  builds; copies the module to the current user's modules,
             under its version.
    Clean    removes what Build and Pack made.
.PARAMETER Help
    Shows this text.
.EXAMPLE
    ./build.ps1

    Builds the module.
.EXAMPLE
    ./build.ps1 Install -WhatIf

    Says what would be built and where it would be installed, and does nothing.
.EXAMPLE
    ./build.ps1 Pack
    Register-PSResourceRepository Here -Uri "$PWD/artifacts/package" -Trusted
    Install-PSResource PSSysVIpc -Repository Here

    Makes the package, and installs it as one from a gallery.
.EXAMPLE
    sudo pwsh build.ps1 Test

    Runs all tests. Without root, most of them are skipped.
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Pack', 'Install', 'Clean')]
    [string] $Task = 'Build',

    [switch] $Help
)
$ErrorActionPreference = 'Stop'

if ($Help) {
    Get-Help $PSCommandPath -Detailed
    return
}

# Who wants the module alone need not wait for its tests to be built.
function Invoke-DotNet ([string] $Verb, [string] $Project = 'PSSysVIpc.sln') {
    & dotnet $Verb "$PSScriptRoot/$Project" --nologo --verbosity minimal
    if ($LASTEXITCODE -ne 0) { throw "dotnet $Verb failed with exit code $LASTEXITCODE." }
}

function Install-BuiltModule {
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType([string])]
    param()
    # From the source, so that -WhatIf, which builds nothing, can tell it too.
    $version = (Import-PowerShellDataFile "$PSScriptRoot/module/PSSysVIpc.psd1").ModuleVersion
    # DoNotVerify: a user who never installed a module doesn't have it yet.
    $data = [Environment]::GetFolderPath('LocalApplicationData', 'DoNotVerify')
    $modules = [IO.Path]::Combine($data, 'powershell', 'Modules')
    $target = [IO.Path]::Combine($modules, 'PSSysVIpc', $version)
    if (-not $PSCmdlet.ShouldProcess($target, 'Install the module')) { return }

    $built = "$PSScriptRoot/artifacts/module/PSSysVIpc"
    if (-not (Test-Path -LiteralPath "$built/PSSysVIpc.psd1")) { throw "There is no module in $built to install." }
    # Removed first and not written over: a shell that has the old dll mapped keeps it whole.
    if (Test-Path -LiteralPath $target) { Remove-Item -LiteralPath $target -Recurse -Force }
    $null = New-Item -ItemType Directory -Path $target -Force
    Copy-Item -Path "$built/*" -Destination $target -Recurse
    "Installed PSSysVIpc $version in $target."
    if ($modules -notin ($env:PSModulePath -split [IO.Path]::PathSeparator)) {
        Write-Warning "$modules is not in PSModulePath: import the module from $target."
    }
}

switch ($Task) {
    'Clean' {
        if ($PSCmdlet.ShouldProcess("$PSScriptRoot/artifacts", 'Clean')) { Invoke-DotNet clean }
    }
    'Pack' {
        if ($PSCmdlet.ShouldProcess("$PSScriptRoot/artifacts/package", 'Pack')) { Invoke-DotNet pack src/PSSysVIpc }
    }
    'Install' {
        if ($PSCmdlet.ShouldProcess("$PSScriptRoot/artifacts/module/PSSysVIpc", 'Build')) { Invoke-DotNet build src/PSSysVIpc }
        Install-BuiltModule
    }
    'Test' {
        if ($PSCmdlet.ShouldProcess($PSScriptRoot, 'Build and test')) { Invoke-DotNet test }
    }
    default {
        if ($PSCmdlet.ShouldProcess("$PSScriptRoot/artifacts", 'Build')) { Invoke-DotNet build }
    }
}
