<#
.SYNOPSIS
    Builds, tests, packs or installs PSSysVIpc.
.DESCRIPTION
    A thin front of dotnet and MSBuild, which do the work: 'dotnet build' alone gives the finished module, too.
.PARAMETER Task
    Build    the module, in artifacts/module/PSSysVIpc. The default.
    Test     builds; runs the unit tests (dotnet test) and the Pester
             suite, which needs root and Pester.
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

    Runs all tests. Without root, most unit tests are skipped, and the Pester
    suite doesn't run.
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

function Invoke-DotNet ([string] $Verb) {
    & dotnet $Verb "$PSScriptRoot/PSSysVIpc.sln" --nologo --verbosity minimal
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
        if ($PSCmdlet.ShouldProcess("$PSScriptRoot/artifacts/package", 'Pack')) { Invoke-DotNet pack }
    }
    'Install' {
        if ($PSCmdlet.ShouldProcess("$PSScriptRoot/artifacts/module/PSSysVIpc", 'Build')) { Invoke-DotNet build }
        Install-BuiltModule
    }
    'Test' {
        if ($PSCmdlet.ShouldProcess($PSScriptRoot, 'Build and test')) {
            # Both run, so that one failure doesn't hide another.
            & dotnet test "$PSScriptRoot/PSSysVIpc.sln" --nologo
            $failed = @(if ($LASTEXITCODE -ne 0) { 'dotnet test' })
            & "$PSScriptRoot/tests/Pester/Invoke-Suite.ps1"
            if ($LASTEXITCODE -ne 0) { $failed += 'the Pester suite' }
            if ($failed) { throw "$($failed -join ' and ') failed." }
        }
    }
    default {
        if ($PSCmdlet.ShouldProcess("$PSScriptRoot/artifacts", 'Build')) { Invoke-DotNet build }
    }
}
