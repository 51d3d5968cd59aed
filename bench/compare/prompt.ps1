param([int] $most)

# What somebody at the prompt waits for.
Initialize-Set -count $most
$typed = 'Get-IpcSemaphore -Id '
$prompt = Measure-Turn -works ([ordered]@{
        tab    = { Measure-Time { TabExpansion2 -inputScript $typed -cursorColumn $typed.Length } }
        limits = { Measure-Time { Get-IpcLimit } }
        lsipc  = { & $floor time lsipc }
    })
Write-Row -what 'completion of -Id' -sets $most -ours $prompt.tab
Write-Row -what 'Get-IpcLimit, warm' -sets $most -ours $prompt.limits -beside 'lsipc' -theirs $prompt.lsipc
