param([int[]] $sizes)

# What was listed is removed in one warm pwsh, beside all ids in one command line.
$tools = [ordered]@{
    'ipcrm, all ids' = { & $floor time ipcrm $ids.ForEach({ '-s', $_ }) }
    'floor'          = { & $floor remove }
}
$targets = @{ '32000 ipcrm, all ids' = 7 }

$works = [ordered]@{}
foreach ($size in $sizes) {
    $works["$size ours"] = { Measure-Time { $sets | Remove-IpcSemaphore -AllowStale } }
    foreach ($tool in $tools.Keys) { $works["$size $tool"] = $tools[$tool] }
}

$removed = Measure-Turn -works $works -before {
    param($name)
    Initialize-Set -count ($name -replace ' .*')
    $script:sets = Get-IpcSemaphore
    $script:ids = $sets.Id
}
foreach ($size in $sizes) {
    foreach ($tool in $tools.Keys) {
        $name = "$size $tool"
        Write-Row -what 'remove what was listed, warm' -sets $size -ours $removed["$size ours"] -beside $tool -theirs $removed[$name] -most $targets[$name]
    }
}
