#!/usr/bin/env bash
# Lists many semaphore sets with Get-IpcSemaphore in one warm ipcsh and with ipcs -s, turn about in one run, and
# prints the medians. In an IPC namespace of its own. Needs root, perl and util-linux.
#   bench/listing.sh [SETS]
set -euo pipefail
sets=${1:-32000}
root=$(cd "$(dirname "$0")/.." && pwd)
log=$(dotnet build "$root/src/ipcsh" 2>&1) || { echo "$log" >&2; exit 1; }

script=$(mktemp --suffix .ps1)
trap 'rm -f "$script"' EXIT
cat > "$script" <<'PS1'
function Measure-Ours { $watch = [Diagnostics.Stopwatch]::StartNew(); $script:count = @(Get-IpcSemaphore).Length; $watch.Elapsed.TotalMilliseconds }
function Measure-Ipcs {
    $start = [Diagnostics.ProcessStartInfo]::new('ipcs', '-s')
    $start.RedirectStandardOutput = $true
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $process = [Diagnostics.Process]::Start($start)
    $null = $process.StandardOutput.ReadToEnd()
    $process.WaitForExit()
    $watch.Elapsed.TotalMilliseconds
}
function Get-Median([double[]] $values) { [Array]::Sort($values); $values[[int][Math]::Floor($values.Length / 2)] }

1..3 | ForEach-Object { $null = Measure-Ours; $null = Measure-Ipcs }
$ours = @(); $theirs = @()
1..11 | ForEach-Object { $ours += Measure-Ours; $theirs += Measure-Ipcs }
$a = Get-Median $ours
$b = Get-Median $theirs
[string]::Format([cultureinfo]::InvariantCulture, '{0} sets: Get-IpcSemaphore {1:f0} ms, ipcs -s {2:f0} ms, ratio {3:f2} (medians of 11)', $count, $a, $b, $a / $b)
PS1

unshare --ipc bash -c '
    perl -e "for (1..shift) { defined semget(0, 1, 0600) or die qq(semget: \$!\n) }" "$1"
    exec dotnet run --no-build --project "$2/src/ipcsh" -- -File "$3"' bash "$sets" "$root" "$script"
