<#
.SYNOPSIS
    Looks after System V IPC with nobody watching: reports limits that are nearly full, removes what servers left behind,
    and raises a limit that is full all the same.
.DESCRIPTION
    In this order: it looks at the limits; removes semaphore sets of the given owners that are Orphaned and were not used
    for a while; raises the given limits if they are still exhausted; and looks at the limits again. What is or may be in
    use is never touched.

    Each line of its output is a JSON object with what was seen or done; the last one has "event":"result" and the totals.
    The exit code is what monitoring systems read:

    0  OK        all limits are below the threshold, also when that took a clean-up.
    1  WARNING   a limit is above the threshold, or the metrics could not be written.
    2  CRITICAL  a limit is exhausted still, or a removal or a raise failed.
    3  UNKNOWN   it could not look.

    docs/runbook.md has an example with all of its output, and how to run it from systemd, or over SSH.
.PARAMETER Owner
    Whose leftovers are removed: names, or user ids, or names with wildcards; several with commas. Without it, nobody's.
.PARAMETER UnusedFor
    For how long a set must not have been used before it is removed: hours:minutes:seconds, or days.hours:minutes:seconds.
.PARAMETER Threshold
    From how many percent on a limit is reported.
.PARAMETER Raise
    What to raise limits to, if they are exhausted after the clean-up: SEMMNI=32768; several with commas. What is higher
    already stays.
.PARAMETER Persist
    Raises them for the next boot, too.
.PARAMETER MetricsPath
    Writes a file for the textfile collector of Prometheus' node exporter.
.PARAMETER Module
    The module's name, or the path of its manifest.
.EXAMPLE
    ./runbook.ps1 -Owner www-data -WhatIf

    Says what would be removed, and removes nothing.
.EXAMPLE
    pwsh -File runbook.ps1 -Owner www-data,php -UnusedFor 1.00:00:00 -Raise SEMMNI=32768 -Persist

    Removes what both left behind a day ago or earlier, and raises SEMMNI if that was not enough.
#>
# Whatever PowerShell itself refuses ends with the exit code 1. So arguments are texts, checked below where a fault ends
# with 3.
[CmdletBinding(SupportsShouldProcess, PositionalBinding = $false)]
param(
    [string[]] $Owner,
    [string] $UnusedFor = '01:00:00',
    [string] $Threshold = '80',
    [string[]] $Raise,
    [switch] $Persist,
    [string] $MetricsPath,
    [string] $Module = 'PSSysVIpc',

    [Parameter(ValueFromRemainingArguments, DontShow)]
    [object[]] $Rest
)
$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3

$words = 'OK', 'WARNING', 'CRITICAL', 'UNKNOWN'
$run = @{ Code = 0; Removed = 0; Left = 0; Failed = 0; Raised = 0 }
$leaveAlone = [bool]$WhatIfPreference
# From here on it is said to the cmdlets that change something: others would talk about it, too.
$WhatIfPreference = $false

# Critical outranks unknown: what is known to be broken must not hide behind what could not be seen.
function Add-ExitCode ([int] $Code) {
    $ranks = 0, 1, 3, 2
    if ($ranks[$Code] -gt $ranks[$run.Code]) { $run.Code = $Code }
}

function Get-UtcText ([datetime] $Time) { $Time.ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ssZ', [cultureinfo]::InvariantCulture) }

function Write-Event ([string] $Name, [Collections.IDictionary] $Facts) {
    $line = [ordered]@{
        time  = Get-UtcText ([datetime]::UtcNow)
        host  = [Environment]::MachineName
        event = $Name
    }
    if ($leaveAlone) { $line.whatIf = $true }
    [pscustomobject]($line + $Facts) | ConvertTo-Json -Compress
}

# The cmdlets run in a session that shows nothing: warnings and "What if" would stand among the JSON.
$session = [powershell]::Create()
function Invoke-Silently ([scriptblock] $Script, [object[]] $Arguments) {
    $session.Commands.Clear()
    $session.Streams.ClearStreams()
    $null = $session.AddScript($Script.ToString())
    foreach ($argument in $Arguments) { $null = $session.AddArgument($argument) }
    # What ended it is the cause, and not that a call ended.
    try { $session.Invoke() } catch { throw $_.Exception.GetBaseException() }
}

function Write-Limit ([object[]] $Limits, [string] $When) {
    foreach ($limit in $Limits) {
        Write-Event limit ([ordered]@{
                when = $When; name = $limit.Name; status = $limit.Status; used = $limit.Used; value = $limit.Value
                percent = if ($null -ne $limit.UsedPercent) { [long][math]::Floor($limit.UsedPercent) }
            })
    }
}

function Clear-Leftover ([string] $Name, [datetime] $Before) {
    try {
        $sets = @(Invoke-Silently {
                param($Owner, $Before)
                Get-IpcSemaphore -Owner $Owner -Status Orphaned -ErrorAction Stop | Where-Object LastUsedTime -LT $Before
            } $Name, $Before)
    }
    catch {
        Add-ExitCode 3
        Write-Event error ([ordered]@{ error = $_.Exception.GetType().Name -replace 'Exception$'; owner = $Name; message = $_.Exception.Message })
        return
    }
    if ($sets.Count -eq 0) { return }

    $removed = @(Invoke-Silently {
            param($Sets, $WhatIf)
            $Sets | Remove-IpcSemaphore -PassThru -WhatIf:$WhatIf
        } $sets, $leaveAlone)
    $problems = @($session.Streams.Error)
    if ($leaveAlone -and $problems) {
        # Of one that is gone by now, the target is its id.
        $refused = @(foreach ($target in $problems.TargetObject) { $target -is [int] ? $target : $target.Id })
        $sets = @($sets | Where-Object Id -NotIn $refused)
    }
    if ($leaveAlone) { $removed = $sets }
    foreach ($set in $removed) {
        $run.Removed++
        Write-Event removed ([ordered]@{ id = $set.Id; key = $set.KeyText; owner = $set.Owner; lastUsed = Get-UtcText $set.LastUsedTime; reason = $set.StatusReason })
    }
    foreach ($problem in $problems) {
        $id = $problem.FullyQualifiedErrorId -replace ',.*'
        # Used again, or removed by somebody else, between two looks: to leave it alone was right.
        $isRight = $id -in 'IpcChanged', 'IpcInUse', 'IpcMayBeInUse', 'IpcNotFound'
        if ($isRight) { $run.Left++ } else { $run.Failed++; Add-ExitCode 2 }
        Write-Event ($isRight ? 'left' : 'failed') ([ordered]@{ error = $id; owner = $Name; message = $problem.Exception.Message })
    }
}

function Invoke-Raise ([object] $Limit, [ulong] $Value, [bool] $ForBoot) {
    $name = $Limit.Name
    try {
        $now = Invoke-Silently {
            param($Name, $Value, $Persist, $WhatIf)
            Set-IpcLimit $Name $Value -AtLeast -Persist:$Persist -WhatIf:$WhatIf -PassThru -ErrorAction Stop
        } $name, $Value, $ForBoot, $leaveAlone
        $is = $leaveAlone ? [math]::Max($Value, $Limit.Value) : $now.Value
        if ($is -gt $Limit.Value) {
            $run.Raised++
            Write-Event raised ([ordered]@{ name = $name; from = $Limit.Value; to = $is; persist = $ForBoot })
        }
        else {
            Write-Event kept ([ordered]@{ name = $name; value = $is; message = "It is at least $Value already." })
        }
    }
    catch {
        $run.Failed++
        Add-ExitCode 2
        Write-Event failed ([ordered]@{ name = $name; message = $_.Exception.Message })
    }
    foreach ($warning in $session.Streams.Warning) { Write-Event warning ([ordered]@{ name = $name; message = $warning.Message }) }
}

function Write-Metric ([object[]] $Limits) {
    $counts = @{}
    foreach ($set in Invoke-Silently { Get-IpcSemaphore -ErrorAction Stop }) { $counts[$set.Status]++ }
    $lines = @(
        '# HELP ipc_limit_value A limit of System V IPC, in its unit.'
        '# TYPE ipc_limit_value gauge'
        foreach ($limit in $Limits) { "ipc_limit_value{limit=`"$($limit.Name)`"} $($limit.Value)" }
        '# HELP ipc_limit_used How much of it is used.'
        '# TYPE ipc_limit_used gauge'
        foreach ($limit in $Limits | Where-Object { $null -ne $_.Used }) { "ipc_limit_used{limit=`"$($limit.Name)`"} $($limit.Used)" }
        '# HELP ipc_objects How many objects there are.'
        '# TYPE ipc_objects gauge'
        foreach ($status in 'InUse', 'Stale', 'Orphaned', 'Unknown') { "ipc_objects{kind=`"semaphore`",status=`"$status`"} $([int]$counts[$status])" }
    )
    # Beside it, and then in its place: the collector must not read half a file, nor one of another name.
    $whole = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($MetricsPath)
    $half = "$whole.$PID"
    try {
        [IO.File]::WriteAllText($half, ($lines -join "`n") + "`n")
        [IO.File]::Move($half, $whole, $true)
    }
    finally {
        if (Test-Path -LiteralPath $half) { Remove-Item -LiteralPath $half }
    }
}

try {
    if ($Rest) { throw "There is no such argument: $Rest. Get-Help $PSCommandPath -Full shows what there is." }
    $age = [timespan]::Zero
    if (-not [timespan]::TryParse($UnusedFor, [cultureinfo]::InvariantCulture, [ref]$age) -or $age -lt [timespan]::Zero) {
        throw "-UnusedFor $UnusedFor is no time: 1:30:00 is an hour and a half, 2.00:00:00 two days."
    }
    $percent = 0
    if (-not [int]::TryParse($Threshold, 'None', [cultureinfo]::InvariantCulture, [ref]$percent) -or $percent -lt 1 -or $percent -gt 100) {
        throw "-Threshold $Threshold is no percentage: a whole number from 1 to 100 is."
    }
    # One text with commas is what -File makes of a list.
    $owners = @(@($Owner) -split ',' | Where-Object { $_ })
    $floors = @(foreach ($text in @($Raise) -split ',' | Where-Object { $_ }) {
            $name, $value = $text -split '=', 2
            $number = [ulong]0
            if ($name -notin 'SEMMNI', 'SEMMNS', 'SHMMNI', 'SHMALL', 'MSGMNI' -or -not [ulong]::TryParse($value, 'None', [cultureinfo]::InvariantCulture, [ref]$number)) {
                throw "-Raise $text doesn't name a limit that can be exhausted, and a number: -Raise SEMMNI=32768."
            }
            @{ Name = $name; Value = $number }
        })

    Invoke-Silently { param($Module) Import-Module $Module -ErrorAction Stop } $Module
    $look = { Get-IpcLimit -ErrorAction Stop }
    $isHigh = { $_.Status -in 'Exhausted', 'Unknown' -or $_.UsedPercent -ge $percent }

    $high = @(Invoke-Silently $look | Where-Object $isHigh)
    Write-Limit $high before
    foreach ($one in $owners) { Clear-Leftover $one ([datetime]::Now - $age) }
    foreach ($floor in $floors) {
        foreach ($limit in Invoke-Silently $look | Where-Object { $_.Name -eq $floor.Name -and $_.Status -eq 'Exhausted' }) {
            Invoke-Raise -Limit $limit -Value $floor.Value -ForBoot $Persist
        }
    }

    $limits = @(Invoke-Silently $look)
    # What was high is shown again, to see what became of it.
    $before = @($high | ForEach-Object Name)
    Write-Limit @($limits | Where-Object { $_.Name -in $before -or (& $isHigh) }) after
    foreach ($limit in $limits | Where-Object $isHigh) {
        Add-ExitCode $(switch ($limit.Status) { 'Exhausted' { 2 } 'Unknown' { 3 } default { 1 } })
    }
    if ($MetricsPath -and -not $leaveAlone) {
        try { Write-Metric $limits }
        catch {
            Add-ExitCode 1
            Write-Event error ([ordered]@{ metrics = $MetricsPath; message = $_.Exception.GetBaseException().Message })
        }
    }
}
catch {
    Add-ExitCode 3
    Write-Event error ([ordered]@{ message = $_.Exception.GetBaseException().Message })
}
finally {
    $session.Dispose()
}

Write-Event result ([ordered]@{ exitCode = $run.Code; status = $words[$run.Code]; removed = $run.Removed; left = $run.Left; failed = $run.Failed; raised = $run.Raised })
exit $run.Code
