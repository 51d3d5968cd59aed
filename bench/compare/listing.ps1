param([int[]] $sizes)

# What is listed in one warm pwsh, beside the tools as processes.
$tools = [ordered]@{
    'ipcs -s'  = { & $floor time ipcs -s }
    'lsipc -s' = { & $floor time lsipc -s }
    'floor'    = { & $floor list }
}
$targets = @{ '1000 ipcs -s' = 0.6; '32000 ipcs -s' = 0.33; '32000 lsipc -s' = 0.55; '32000 floor' = 2 }

$works = [ordered]@{}
foreach ($size in $sizes) {
    $works["$size ours"] = { Measure-Time { @(Get-IpcSemaphore) } }
    foreach ($tool in $tools.Keys) { $works["$size $tool"] = $tools[$tool] }
}

$listed = Measure-Turn -works $works -before {
    param($name)
    if ($name -match '^(\d+) ours') { Initialize-Set -count $Matches[1] }
}
foreach ($size in $sizes) {
    foreach ($tool in $tools.Keys) {
        $name = "$size $tool"
        Write-Row -what 'list, warm' -sets $size -ours $listed["$size ours"] -beside $tool -theirs $listed[$name] -most $targets[$name]
    }
}

$each = @{ Unit = 'us'; Ours = $listed['32000 ours'] / 32; Theirs = $listed['8000 ours'] / 8; Beside = 'a set of 8000' }
Write-Row -what 'list, warm: a set' -sets 32000 @each -most 1.1
