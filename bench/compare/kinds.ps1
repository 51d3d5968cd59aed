# Segments and queues, as many as a kernel allows unless told otherwise, listed in one warm pwsh beside ipcs; and
# what it costs to name who is attached, beside processes that attach one each.
$user = 1600000001; $group = 1600000003
$segments, $queues, $attached = 4096, 32000, 500

$null = & $floor remove
perl -e 'defined shmget(0, 4096, 01600) or die "shmget: $!" for 1 .. $ARGV[0]' $segments
perl -e 'defined msgget(0, 01600) or die "msgget: $!" for 1 .. $ARGV[0]' $queues

$listed = Measure-Turn -works ([ordered]@{
        segments  = { Measure-Time { @(Get-IpcSharedMemory) } }
        'ipcs -m' = { & $floor time ipcs -m }
        queues    = { Measure-Time { @(Get-IpcMessageQueue) } }
        'ipcs -q' = { & $floor time ipcs -q }
    })
Write-Row -what 'list segments, warm' -sets $segments -ours $listed.segments -beside 'ipcs -m' -theirs $listed['ipcs -m'] -most 1
Write-Row -what 'list queues, warm' -sets $queues -ours $listed.queues -beside 'ipcs -q' -theirs $listed['ipcs -q'] -most 1
Get-IpcMessageQueue | Remove-IpcMessageQueue -AllowStale
# One is made by those who attach it.
Get-IpcSharedMemory | Select-Object -First 1 | Remove-IpcSharedMemory -AllowStale

$crowd = Open-Crowd -user $user -group $group -command perl, "$PSScriptRoot/../crowd/attached.pl", $attached
$named = Measure-Turn -works ([ordered]@{
        plain = { Measure-Time { @(Get-IpcSharedMemory) } }
        named = { Measure-Time { @(Get-IpcSharedMemory -IncludeProcess) } }
    })
$found = (Get-IpcSharedMemory -Key 0x5eed -IncludeProcess).AttachedProcesses.Count
if ($found -ne $attached) { throw "Of $attached attached processes $found were found." }
Close-Crowd $crowd
Write-Row -what "name $attached processes" -sets $segments -ours $named.named -beside 'without -IncludeProcess' -theirs $named.plain
Write-Row -what 'the difference' -sets $segments -ours ($named.named - $named.plain) -most 60
Get-IpcSharedMemory | Remove-IpcSharedMemory -AllowStale
