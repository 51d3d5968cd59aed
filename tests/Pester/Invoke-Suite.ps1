<#
.SYNOPSIS
    Runs the Pester suite: the module as a user has it.
.DESCRIPTION
    Imports the built folder artifacts/module/PSSysVIpc (run 'dotnet build' first) and runs the *.Tests.ps1 files of
    this folder in a new IPC namespace, for which it starts itself again under 'unshare --ipc'. That needs root. The
    machine's own IPC objects are out of reach: without a namespace that is new and empty nothing runs.

    The exit code is 0 when tests ran and none failed, else 1.
.PARAMETER Name
    Runs only the test files of these names, without '.Tests.ps1', separated by commas. Wildcards are allowed.
.PARAMETER ResultPath
    Writes the results to this file, in NUnit's format.
.PARAMETER PesterModule
    The Pester to run with: a name, or the path of a manifest.
.EXAMPLE
    ./tests/Pester/Invoke-Suite.ps1
.EXAMPLE
    ./tests/Pester/Invoke-Suite.ps1 -Name Format -ResultPath artifacts/pester.xml
#>
[CmdletBinding()]
param(
    [SupportsWildcards()]
    [string] $Name = '*',

    [string] $ResultPath,

    [string] $PesterModule = 'Pester',

    # The IPC namespace this was started from: set by the first run for the second.
    [Parameter(DontShow)]
    [string] $OutsideNamespace
)
$ErrorActionPreference = 'Stop'

function Get-IpcNamespaceLink ([int] $Id) { (Get-Item -LiteralPath "/proc/$Id/ns/ipc").LinkTarget }

# Says why this process is not where the tests may run; nothing when it is.
function Get-NamespaceProblem {
    $here = Get-IpcNamespaceLink $PID
    $parent = (Get-Process -Id $PID).Parent
    if ($here -eq 'ipc:[4026531839]' -or $here -eq $OutsideNamespace -or -not $parent -or $here -eq (Get-IpcNamespaceLink $parent.Id)) {
        return "$here is not a new IPC namespace."
    }
    foreach ($table in 'sem', 'shm', 'msg') {
        if ([IO.File]::ReadAllLines("/proc/sysvipc/$table").Count -gt 1) { return "$here already holds IPC objects." }
    }
}

function Exit-Refusing ([string] $Reason) {
    [Console]::Error.WriteLine("The Pester suite did not run to its end: $Reason")
    exit 1
}

if ($ResultPath) {
    $ResultPath = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($ResultPath)
    # What an earlier run wrote must not pass for the result of this one.
    if (Test-Path -LiteralPath $ResultPath) { Remove-Item -LiteralPath $ResultPath }
}

if (-not $OutsideNamespace) {
    if ((& id --user) -ne 0) { Exit-Refusing 'making an IPC namespace, and sets of other users, needs root.' }
    # Tests start this pwsh as other users, too, who may not look into the folder it is in: so it runs from one where they may.
    $open = (New-Item -ItemType Directory -Path (Join-Path ([IO.Path]::GetTempPath()) "pssysvipc-pwsh-$PID")).FullName
    & chmod 755 $open
    try {
        # What the tests remove is none of the machine's log.
    # Quoted one by one: in a splatted list PowerShell would expand the wildcards to file names.
        & unshare --ipc --mount sh -c '{ [ ! -e /dev/log ] || mount --bind /dev/null /dev/log; } && mount --bind "$0" "$1" && shell=$1/pwsh && shift && exec "$shell" "$@"' "$PSHOME" "$open" `
            -NoProfile -NonInteractive -File "$PSCommandPath" -Name "$Name" -ResultPath "$ResultPath" -PesterModule "$PesterModule" `
            -OutsideNamespace (Get-IpcNamespaceLink $PID)
    }
    finally {
        Remove-Item -LiteralPath $open
    }
    exit $LASTEXITCODE
}

if ($problem = Get-NamespaceProblem) { Exit-Refusing $problem }
$manifest = [IO.Path]::GetFullPath("$PSScriptRoot/../../artifacts/module/PSSysVIpc/PSSysVIpc.psd1")
if (-not (Test-Path -LiteralPath $manifest)) { Exit-Refusing "there is no $manifest. Run 'dotnet build' first." }
if (-not (Get-Module -ListAvailable "$PesterModule" | Where-Object Version -GE '5.5')) { Exit-Refusing 'it needs Pester 5.5 or later.' }
$files = @(
    foreach ($file in Get-ChildItem -LiteralPath $PSScriptRoot -Filter '*.Tests.ps1') {
        if ($Name -split ',' | Where-Object { $file.Name -like "$_.Tests.ps1" }) { $file }
    }
)
if ($files.Count -eq 0) { Exit-Refusing "there is no test file $Name.Tests.ps1." }

# The test files look for this, and refuse when somebody runs them without this script.
$env:PSSYSVIPC_TEST_NAMESPACE = Get-IpcNamespaceLink $PID
Import-Module $manifest
Import-Module "$PesterModule" -MinimumVersion 5.5

$configuration = New-PesterConfiguration
$configuration.Run.Path = $files.FullName
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Detailed'
if ($ResultPath) {
    $configuration.TestResult.Enabled = $true
    $configuration.TestResult.OutputFormat = 'NUnitXml'
    $configuration.TestResult.OutputPath = $ResultPath
}

$result = Invoke-Pester -Configuration $configuration
# It has said why, in red.
if (-not $result) { Exit-Refusing 'Pester broke off.' }
foreach ($test in $result.Skipped) { "Skipped: $($test.ExpandedPath): $($test.ErrorRecord.Exception.Message)" }
"$($result.PassedCount) passed, $($result.FailedCount) failed, $($result.SkippedCount) skipped."
exit [int]($result.Result -ne 'Passed' -or $result.PassedCount -eq 0)
