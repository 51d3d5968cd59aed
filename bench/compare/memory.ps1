param([int] $most, [int] $few)

# What a set costs in memory: for as long as it is kept, and on the way.
function Measure-Allocated([scriptblock] $work) {
    $before = [GC]::GetTotalAllocatedBytes($true)
    $null = & $work
    ([GC]::GetTotalAllocatedBytes($true) - $before) / $most
}

$bytes = Measure-Turn -times $few -before { Initialize-Set -count $most } -works ([ordered]@{
        kept    = {
            $sets = $null
            $before = [GC]::GetTotalMemory($true)
            $sets = Get-IpcSemaphore
            ([GC]::GetTotalMemory($true) - $before) / $sets.Length
        }
        listed  = { Measure-Allocated { @(Get-IpcSemaphore) } }
        removed = {
            $sets = Get-IpcSemaphore
            Measure-Allocated { $sets | Remove-IpcSemaphore -AllowStale }
        }
    })
Write-Row -what 'memory kept of a listed set' -sets $most -unit bytes -ours $bytes.kept -most 500
Write-Row -what 'allocated to list a set' -sets $most -unit bytes -ours $bytes.listed
Write-Row -what 'allocated to remove a set' -sets $most -unit bytes -ours $bytes.removed
