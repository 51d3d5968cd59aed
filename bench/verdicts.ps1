param([int] $sets, [int] $processes)
. $PSScriptRoot/common.ps1
$ErrorActionPreference = 'Stop'

# Nobody has these ids: users of processes, a group that all of them are in, and owners of sets.
$root = 0; $user = 1600000001; $leader = 1600000002; $group = 1600000003; $owner = 1650000000
$kinds = @(
    @{ Name = 'one owner, without keys'; Owner = $user; Mode = '0600' }
    @{ Name = 'one owner, with keys'; Owner = $user; Mode = '0600'; Key = 0x50000000 }
    @{ Name = 'an owner each, one group'; Owner = $owner; Owners = $sets; Mode = '0660' }
    @{ Name = 'same, processes in one chain'; Owner = $owner; Owners = $sets; Mode = '0660'; InOneChain = $true }
    @{ Name = 'left, beside root''s processes'; Owner = $owner; Mode = '0600'; Operators = $processes; User = $root }
    @{ Name = 'left, numbers second-hand'; Owner = $owner; Mode = '0600'; Operators = $processes; IsSecondHand = $true }
)

function Open-CrowdOf($kind, [int] $count, [string] $number) {
    $as = $kind.ContainsKey('User') ? $kind.User : $user
    $command = $kind.InOneChain ? @('sh', '-c', 'exec sh "$@" 3<&0', 'sh', "$PSScriptRoot/crowd/chain.sh", $count)
        : @('perl', "$PSScriptRoot/crowd/children.pl", $count, $leader) + @(if ($as -eq $root) { 'cat' })
    # The number that the kernel gave last. The next process is the parent.
    if ($kind.IsSecondHand) { [IO.File]::WriteAllText('/proc/sys/kernel/ns_last_pid', [int] $number - 2) }
    Open-Crowd -user $as -group $group -command $command
}

# The shell's own time, which does not depend on what else the machine does.
function Measure-Processor([scriptblock] $work) {
    $before = [Environment]::CpuUsage.TotalTime
    $null = & $work
    ([Environment]::CpuUsage.TotalTime - $before).TotalMilliseconds
}

# The medians beside a quarter of the processes and beside all of them, turn about.
function Measure-Beside($kind, [string] $number) {
    $costs = @{}
    foreach ($count in ($processes / 4), $processes, ($processes / 4), $processes) {
        $crowd = Open-CrowdOf -kind $kind -count $count -number $number
        $script:listed = Get-IpcSemaphore
        1..3 | ForEach-Object { [double[]] $costs[$count] += Measure-Processor { Get-IpcSemaphore } }
        Close-Crowd $crowd
    }

    Get-Median $costs[$processes / 4]
    Get-Median $costs[$processes]
}

function Clear-Set([int[]] $ids) { perl -e 'semctl($_, 0, 0, 0) // die qq(semctl: $!\n) for @ARGV' $ids }

function Measure-Kind($kind) {
    $number = perl $PSScriptRoot/crowd/sets.pl $sets $kind.Owner ([Math]::Max(1, $kind.Owners)) $group $kind.Mode ([int] $kind.Key) ([int] $kind.Operators)
    # What was used or changed a moment ago is Stale, whatever the processes are.
    [Threading.Thread]::Sleep(11000)
    $ids = (Get-IpcSemaphore).Id
    $manySets, $many = Measure-Beside $kind $number
    $status = [Collections.Generic.HashSet[string]]::new([string[]] $listed.Status) -join ', '
    # Asked for by their ids, a quarter would cost more than it does alone.
    Clear-Set $ids[($sets / 4)..($sets - 1)]
    $few, $manyProcesses = Measure-Beside $kind $number
    Clear-Set $ids[0..($sets / 4 - 1)]
    Format-Invariant $row $kind.Name, $few, $manySets, $manyProcesses, $many, ($many / $few), $status
}

$header = '{0,-30} {1,12} {2,12} {3,12} {4,12} {5,7}  {6}'
$row = '{0,-30} {1,9:f0} ms {2,9:f0} ms {3,9:f0} ms {4,9:f0} ms {5,7:f1}  {6}'
Format-Invariant $header 'sets', ($sets / 4), $sets, ($sets / 4), $sets, 'times', 'status'
Format-Invariant $header 'beside processes', ($processes / 4), ($processes / 4), $processes, $processes, '', ''
foreach ($kind in $kinds) { Measure-Kind $kind }
