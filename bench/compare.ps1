param([string] $temp, [int] $rounds, [string[]] $parts)
. $PSScriptRoot/common.ps1
. $PSScriptRoot/compare/measure.ps1
. $PSScriptRoot/compare/table.ps1
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true

$most = 32000
# Each part takes of these what it needs.
$setting = @{
    Temp   = $temp
    Module = "$((Get-Module PSSysVIpc).ModuleBase)/PSSysVIpc.psd1"
    Most   = $most
    Sizes  = 10, 1000, 8000, $most
    # How often what takes seconds is done.
    Few    = [int] [Math]::Ceiling($rounds / 3)
}

# A cmdlet is warm when the runtime has compiled it for good.
Initialize-Set -count $most
1..5 | ForEach-Object { $null = Get-IpcSemaphore }
Get-IpcSemaphore | Remove-IpcSemaphore -AllowStale

Write-Header
$all = 'listing', 'removal', 'processes', 'first', 'large', 'crowd', 'memory', 'prompt', 'kinds'
foreach ($part in $parts ? $parts : $all) {
    & "$PSScriptRoot/compare/$part.ps1" @setting
}
