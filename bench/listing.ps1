param([int] $sets)
. $PSScriptRoot/common.ps1

function Measure-Time([scriptblock] $work) {
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $null = & $work
    $watch.Elapsed.TotalMilliseconds
}

function Measure-Module { Measure-Time { $script:count = @(Get-IpcSemaphore).Length } }
function Measure-Tool {
    $start = [Diagnostics.ProcessStartInfo]::new('ipcs', '-s')
    $start.RedirectStandardOutput = $true
    Measure-Time {
        $process = [Diagnostics.Process]::Start($start)
        $process.StandardOutput.ReadToEnd()
        $process.WaitForExit()
    }
}

perl -e 'for (1..shift) { defined semget(0, 1, 0600) or die qq(semget: $!\n) }' $sets
1..3 | ForEach-Object { $null = Measure-Module; $null = Measure-Tool }
$ours = @(); $theirs = @()
1..11 | ForEach-Object { $ours += Measure-Module; $theirs += Measure-Tool }
$a = Get-Median $ours
$b = Get-Median $theirs
Format-Invariant '{0} sets: Get-IpcSemaphore {1:f0} ms, ipcs -s {2:f0} ms, ratio {3:f2} (medians of 11)' $count, $a, $b, ($a / $b)
