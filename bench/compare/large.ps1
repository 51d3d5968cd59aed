param([int] $few)

# Sets of many semaphores, where nearly all time is the kernel's.
Initialize-Set -count 4000 -size 250
$large = Measure-Turn -times $few -works ([ordered]@{
        ours  = { Measure-Time { @(Get-IpcSemaphore) } }
        floor = { & $floor list }
    })
Write-Row -what 'list, warm' -sets '4000 x 250' -ours $large.ours -beside 'floor' -theirs $large.floor -most 1.15
