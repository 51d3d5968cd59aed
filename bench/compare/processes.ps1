param([string] $module, [int[]] $sizes, [int] $most, [int] $few)

# The main job as whole processes: one that lists and removes, less one that does nothing, beside the shell's one-liner
# and beside a loop that calls ipcrm for each set.
$command = "Import-Module '$module'; Get-IpcSemaphore | Remove-IpcSemaphore -AllowStale"
$line = 'ipcrm $(ipcs -s | awk ''$3 == "root" { print "-s", $2 }'')'
$works = [ordered]@{ bare = { Measure-Shell 1 } }
foreach ($size in $sizes) {
    $works["$size ours"] = { Measure-Shell $command }
    $works["$size line"] = { & $floor time sh -c $line }
}

$whole = Measure-Turn -times $few -works $works -before {
    param($name)
    if ($name -match '^(\d+)') { Initialize-Set -count $Matches[1] }
}
foreach ($size in $sizes) {
    $ours = $whole["$size ours"] - $whole.bare
    Write-Row -what 'list and remove, whole process' -sets $size -ours $whole["$size ours"] -beside 'bare pwsh' -theirs $whole.bare
    Write-Row -what 'less a bare pwsh' -sets $size -ours $ours -beside 'ipcrm $(ipcs | awk)' -theirs $whole["$size line"] -most ($size -eq $most ? 1 : $null)
}

# The mean of so many, so it is done once.
$looped = 2000
Initialize-Set -count $looped
$ids = (Get-IpcSemaphore).Id
$loop = Measure-Time { foreach ($id in $ids) { ipcrm -s $id } }
$each = @{ Unit = 'us'; Ours = $ours * 1000 / $most; Theirs = $loop * 1000 / $looped; Beside = 'loop of ipcrm: a set' }
Write-Row -what 'less a bare pwsh: a set' -sets $most @each -most 0.01
