#!/usr/bin/env -S pwsh -NoProfile -NonInteractive -File

<#
.SYNOPSIS
    Looks after System V IPC with nobody watching: reports limits that are
    nearly full, removes semaphore sets that servers left behind, and raises
    a limit that is full all the same.
.DESCRIPTION
    In this order: it looks at the limits; removes semaphore sets of the
    given owners that are Orphaned and were not used for a while; raises the
    given limits if they are still exhausted; and looks at the limits again.
    What is or may be in use is never touched.

    Each line of its output is a JSON object with what was seen or done. The
    last one has "event":"result" and the totals. The exit code is what
    monitoring systems read:

    0  OK        all limits are below the threshold, also when that took a
                 clean-up.
    1  WARNING   a limit is at or above the threshold, or the metrics could
                 not be written.
    2  CRITICAL  a limit is exhausted still, or a removal or a raise failed.
    3  UNKNOWN   it could not look.

    docs/runbook.md in the sources of the module has an example with all of
    its output, and how to run it from systemd, or over SSH.
.PARAMETER Owner
    Whose leftovers are removed: names, user ids, or names with wildcards;
    several with commas. Without it, nobody's.
.PARAMETER UnusedFor
    For how long a set must not have been used before it is removed:
    hours:minutes:seconds, up to 23:59:59, with days in front 2.00:00:00.
    Without it, an hour.
.PARAMETER Threshold
    From how many percent on a limit is reported. Without it, 80.
.PARAMETER Raise
    What to raise limits to, if they are exhausted after the clean-up:
    SEMMNI=32768; several with commas. What is higher already stays.
.PARAMETER Persist
    Raises them for the next boot, too.
.PARAMETER MetricsPath
    Writes a file for the textfile collector of Prometheus' node exporter.
    Not with -WhatIf.
.PARAMETER Module
    The path of the module, where it can't be found by its name.
.PARAMETER WhatIf
    Does nothing, and says what it would do. The exit code is that of how
    things are.
.PARAMETER Rest
    Nothing: what is no argument is refused.
.EXAMPLE
    ./runbook.ps1 -Owner www-data -WhatIf

    Says what would be removed, and removes nothing.
.EXAMPLE
    ./runbook.ps1 -Owner www-data,php -UnusedFor 1.00:00:00 -Raise SEMMNI=32768 -Persist

    Removes what both left behind a day ago or earlier, and raises SEMMNI if
    that was not enough.
#>
[CmdletBinding(SupportsShouldProcess, PositionalBinding = $false)]
param(
    # Texts, checked below where a fault ends with 3: what PowerShell itself refuses ends with the exit code 1.
    [string[]] $Owner,
    [string] $UnusedFor = '1:00:00',
    [string] $Threshold = '80',
    [string[]] $Raise,
    [switch] $Persist,
    [string] $MetricsPath,
    [string] $Module,

    [Parameter(ValueFromRemainingArguments, DontShow)]
    [object[]] $Rest
)
$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3

$words = 'OK', 'WARNING', 'CRITICAL', 'UNKNOWN'
$run = @{ Code = 0; Removed = 0; Left = 0; Failed = 0; Raised = 0; Stale = 0; IsOver = $false }
# What -WhatIf would have freed of limits, and ids that two of the owners' names mean.
$freed = @{ SEMMNI = 0; SEMMNS = 0 }
$seen = [Collections.Generic.HashSet[int]]::new()
$leaveAlone = [bool]$WhatIfPreference
# From here on it is said to the cmdlets that change something: others would talk about it, too.
$WhatIfPreference = $false

# Critical outranks unknown: what is known to be broken must not hide behind what could not be seen.
function Add-ExitCode ([int] $Code) {
    $ranks = 0, 1, 3, 2
    if ($ranks[$Code] -gt $ranks[$run.Code]) { $run.Code = $Code }
}

function Get-UtcText ([datetime] $Time) { $Time.ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ssZ', [cultureinfo]::InvariantCulture) }

# The types of the module's errors are named after their ids.
function Get-ErrorId ([Management.Automation.ErrorRecord] $Record) { $Record.Exception.GetType().Name -replace 'Exception$' }

function Write-Event ([string] $Name, [Collections.IDictionary] $Facts) {
    $line = [ordered]@{
        time  = Get-UtcText ([datetime]::UtcNow)
        host  = [Environment]::MachineName
        event = $Name
    }
    if ($leaveAlone) { $line.whatIf = $true }
    [pscustomobject]($line + $Facts) | ConvertTo-Json -Compress
}

# The one that is loaded here already, wherever it is from; else what was said, or what the name finds.
function Get-ModulePath {
    if ($Module) { return $Module -match '/' ? $PSCmdlet.GetUnresolvedProviderPathFromPSPath($Module) : $Module }
    $loaded = Get-Module PSSysVIpc | Select-Object -First 1
    $loaded ? (Join-Path $loaded.ModuleBase PSSysVIpc.psd1) : 'PSSysVIpc'
}

# Whether all processes can be seen that could use a set: only then anything is Orphaned.
function Test-Sight { [Environment]::IsPrivilegedProcess -and (Get-Item -LiteralPath /proc/self/ns/pid).LinkTarget -eq 'pid:[4026531836]' }

# The cmdlets run in a session that shows nothing: warnings and "What if" would stand among the JSON.
$session = [powershell]::Create()
function Invoke-Silently ([scriptblock] $Script, [object[]] $Arguments) {
    $session.Commands.Clear()
    $session.Streams.ClearStreams()
    $null = $session.AddScript($Script.ToString())
    foreach ($argument in $Arguments) { $null = $session.AddArgument($argument) }
    $output = [Management.Automation.PSDataCollection[psobject]]::new()
    $call = $session.BeginInvoke([Management.Automation.PSDataCollection[psobject]]::new(), $output)
    try {
        # Ctrl-C ends this script between two waits; it is not heard of in that session.
        while (-not $call.AsyncWaitHandle.WaitOne(50)) { continue }
        $null = $session.EndInvoke($call)
    }
    # What ended it is the cause, and not that a call ended.
    catch { throw $_.Exception.GetBaseException() }
    finally { if (-not $call.IsCompleted) { $session.Stop() } }
    $output
}

# The module warns from 80 % on, and this script from its own threshold.
function Get-LimitStatus ([object] $Limit) {
    if ($Limit.Status -in 'Exhausted', 'Unknown') { return $Limit.Status }
    $Limit.UsedPercent -ge $percent ? 'Warning' : 'Ok'
}

function Write-Limit ([object[]] $Limits, [string] $When) {
    foreach ($limit in $Limits) {
        Write-Event limit ([ordered]@{
                when = $When; name = $limit.Name; status = Get-LimitStatus $limit; used = $limit.Used; value = $limit.Value
                percent = if ($null -ne $limit.UsedPercent) { [long][math]::Floor($limit.UsedPercent) }
            })
    }
}

function Clear-Leftover ([string] $Name, [datetime] $Before) {
    try {
        $all = @(Invoke-Silently { param($Owner) Get-IpcSemaphore -Owner $Owner -ErrorAction Stop } $Name)
    }
    catch {
        Add-ExitCode 3
        Write-Event error ([ordered]@{ error = Get-ErrorId $_; owner = $Name; message = $_.Exception.Message })
        return
    }
    # A name could not be looked up: who owns what is not known.
    foreach ($warning in $session.Streams.Warning) {
        Add-ExitCode 3
        Write-Event error ([ordered]@{ owner = $Name; message = $warning.Message })
    }
    $all = @($all | Where-Object { $seen.Add($_.Id) })
    # They need somebody who looks at them.
    $run.Stale += @($all | Where-Object Status -In 'Stale', 'Unknown').Count
    # As points in time: local clocks are set forward and back.
    $sets = @($all | Where-Object { $_.Status -eq 'Orphaned' -and $_.LastUsedTime.ToUniversalTime() -lt $Before })
    if ($sets.Count -eq 0) { return }

    $removed = @(Invoke-Silently {
            param($Sets, $WhatIf)
            $Sets | Remove-IpcSemaphore -PassThru -WhatIf:$WhatIf
        } $sets, $leaveAlone)
    $problems = @($session.Streams.Error)
    if ($leaveAlone) {
        # Of one that is gone by now, the target is its id.
        $refused = @(foreach ($problem in $problems) { $problem.TargetObject -is [int] ? $problem.TargetObject : $problem.TargetObject.Id })
        $removed = @($sets | Where-Object Id -NotIn $refused)
    }
    foreach ($set in $removed) {
        $run.Removed++
        if ($leaveAlone) { $freed.SEMMNI++; $freed.SEMMNS += $set.SemaphoreCount }
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
    $now = Invoke-Silently {
        param($Name, $Value, $Persist, $WhatIf)
        Set-IpcLimit $Name $Value -AtLeast -Persist:$Persist -WhatIf:$WhatIf -PassThru
    } $name, $Value, $ForBoot, $leaveAlone
    $problems = @($session.Streams.Error)
    $is = $now ? $now.Value : $leaveAlone ? [math]::Max($Value, $Limit.Value) : $Limit.Value
    # A limit that was set and could not be kept for the next boot is raised all the same.
    if ($is -gt $Limit.Value) {
        $run.Raised++
        Write-Event raised ([ordered]@{ name = $name; from = $Limit.Value; to = $is; persist = $ForBoot -and -not $problems })
    }
    elseif (-not $problems) {
        Write-Event kept ([ordered]@{ name = $name; value = $is; message = "It is at least $Value already." })
    }
    foreach ($problem in $problems) {
        $run.Failed++
        Add-ExitCode 2
        Write-Event failed ([ordered]@{ error = $problem.FullyQualifiedErrorId -replace ',.*'; name = $name; message = $problem.Exception.Message })
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
    $folder = Split-Path $whole
    if (-not (Test-Path -LiteralPath $folder -PathType Container)) { throw "There is no folder $folder." }
    # Under a name that nobody can have put a link at, and for all to read, whatever the umask.
    $half = "$whole.$([IO.Path]::GetRandomFileName())"
    try {
        $file = [IO.FileStream]::new($half, 'CreateNew', 'Write')
        $file.Write([Text.Encoding]::UTF8.GetBytes(($lines -join "`n") + "`n"))
        $file.Dispose()
        [IO.File]::SetUnixFileMode($half, 'UserRead, UserWrite, GroupRead, OtherRead')
        [IO.File]::Move($half, $whole, $true)
    }
    finally {
        if (Test-Path -LiteralPath $half) { Remove-Item -LiteralPath $half }
    }
}

try {
    if ($Rest) { throw "There is no such argument: $Rest. Several values of one are written with commas: -Owner www-data,php." }
    if ($PSBoundParameters.ContainsKey('Confirm')) { throw '-Confirm is for people who watch: -WhatIf shows what would be done.' }
    $age = [timespan]::Zero
    # .NET reads 24:00:00 as 24 days, and 60 as 60 days.
    if ($UnusedFor -notmatch '^(\d+\.)?([01]?\d|2[0-3]):\d{1,2}:\d{1,2}$' -or -not [timespan]::TryParse($UnusedFor, [cultureinfo]::InvariantCulture, [ref]$age)) {
        throw "-UnusedFor $UnusedFor is no time: 1:30:00 is an hour and a half, 2.00:00:00 two days."
    }
    $percent = 0
    if (-not [int]::TryParse($Threshold, 'None', [cultureinfo]::InvariantCulture, [ref]$percent) -or $percent -lt 1 -or $percent -gt 100) {
        throw "-Threshold $Threshold is no percentage: a whole number from 1 to 100 is."
    }
    # One text with commas is what -File makes of a list.
    $owners = @(if ($PSBoundParameters.ContainsKey('Owner')) { @($Owner) -split ',' | ForEach-Object Trim })
    # A variable that was never set must not look like "all clean".
    if ($owners -contains '') { throw '-Owner has an empty name in it.' }
    $floors = @(foreach ($text in @($Raise) -split ',' | Where-Object { $_ }) {
            $name, $value = $text -split '=', 2
            $number = [ulong]0
            if ($name -notin 'SEMMNI', 'SEMMNS', 'SHMMNI', 'SHMALL', 'MSGMNI' -or -not [ulong]::TryParse($value, 'None', [cultureinfo]::InvariantCulture, [ref]$number)) {
                throw "-Raise $text doesn't name a limit that can be exhausted, and a number: -Raise SEMMNI=32768."
            }
            @{ Name = $name; Value = $number }
        })
    if ($twice = $floors | Group-Object { $_.Name } | Where-Object Count -GT 1) { throw "-Raise names $($twice[0].Name) twice." }

    try {
        # Else a cmdlet that isn't there would load whatever its name finds.
        $imported = Invoke-Silently { param($Module) Import-Module $Module -ErrorAction Stop -PassThru } (Get-ModulePath)
        if (-not $imported) { throw "The module can't be imported: $($session.Streams.Error)" }
    }
    catch { throw "$($_.Exception.Message) -Module takes its path." }
    $look = { Get-IpcLimit -ErrorAction Stop }
    $isHigh = { (Get-LimitStatus $_) -ne 'Ok' }

    $limits = @(Invoke-Silently $look)
    # Not only when it is needed most.
    foreach ($floor in $floors) {
        $most = ($limits | Where-Object Name -EQ $floor.Name).Maximum
        if ($floor.Value -lt 1 -or $floor.Value -gt $most) { throw "-Raise $($floor.Name)=$($floor.Value): it can be from 1 to $most." }
    }
    $high = @($limits | Where-Object $isHigh)
    Write-Limit $high before
    if ($owners -and -not (Test-Sight)) {
        Add-ExitCode 3
        Write-Event error ([ordered]@{ message = 'Who uses a set can be seen by root alone, and not from within a container: nothing is Orphaned here.' })
    }
    foreach ($one in $owners) { Clear-Leftover $one ([datetime]::UtcNow - $age) }
    foreach ($floor in $floors) {
        foreach ($limit in Invoke-Silently $look | Where-Object { $_.Name -eq $floor.Name -and $_.Status -eq 'Exhausted' }) {
            # By what -WhatIf has not freed, too.
            if ($limit.Used - $freed[$limit.Name] -lt $limit.Value) { continue }
            Invoke-Raise -Limit $limit -Value $floor.Value -ForBoot $Persist
        }
    }

    $limits = @(Invoke-Silently $look)
    # What was high is shown again, to see what became of it.
    $before = @($high | ForEach-Object Name)
    if (-not $leaveAlone) { Write-Limit @($limits | Where-Object { $_.Name -in $before -or (& $isHigh) }) after }
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
    $run.IsOver = $true
}
catch {
    Add-ExitCode 3
    Write-Event error ([ordered]@{ message = $_.Exception.GetBaseException().Message })
    $run.IsOver = $true
}
finally {
    $session.Dispose()
    # Ctrl-C: nothing that is written in the usual way arrives any more.
    if (-not $run.IsOver) { [Console]::Out.WriteLine((Write-Event error ([ordered]@{ message = 'It was stopped. The system log has what was removed.' }))) }
}

Write-Event result ([ordered]@{ exitCode = $run.Code; status = $words[$run.Code]; removed = $run.Removed; left = $run.Left; failed = $run.Failed; raised = $run.Raised; stale = $run.Stale })
exit $run.Code
