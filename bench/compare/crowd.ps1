param([int] $most, [int] $few)

# The same sets beside more and more processes that sleep, of a user that is nobody's.
$user = 1600000001; $group = 1600000003
$crowds = 0, 2000, 10000
Initialize-Set -count $most
$times = @{}
foreach ($round in 1..$few) {
    foreach ($count in $crowds) {
        $crowd = $count ? (Open-Crowd -user $user -group $group -command $floor, crowd, $count) : $null
        $null = Get-IpcSemaphore
        1..3 | ForEach-Object { [double[]] $times[$count] += Measure-Time { @(Get-IpcSemaphore) } }
        if ($crowd) { Close-Crowd $crowd }
    }
}

$alone, $beside2000, $beside10000 = $crowds.ForEach({ Get-Median $times[$_] })
Write-Row -what 'list, beside 2000 processes' -sets $most -ours $beside2000 -beside 'alone' -theirs $alone
Write-Row -what 'list, beside 10000 processes' -sets $most -ours $beside10000 -beside 'alone' -theirs $alone
$each = @{ Unit = 'us'; Ours = ($beside10000 - $alone) / 10; Theirs = ($beside2000 - $alone) / 2; Beside = 'a process of 2000' }
Write-Row -what 'what a process of 10000 costs' -sets $most @each
