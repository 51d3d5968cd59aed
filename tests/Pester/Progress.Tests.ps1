BeforeAll {
    Import-Module $PSScriptRoot/Sandbox.psm1

    # Runs a script beside so many sets, where each system call on them takes much longer than it should: strace sees
    # it. Returns what it wrote as progress: the activity, the status, the percentage, and whether that was the end.
    function Get-Progress ([string] $Script, [int] $Sets) {
        if (-not (Get-Command strace -ErrorAction Ignore)) { return }
        $prefix = 'unshare', '--ipc', 'sh', '-c', "perl -e 'for (1..shift) { defined semget(0, 1, 0600) or die `$! }' $Sets && exec `"`$@`"", 'sh',
        'strace', '--follow-forks', '--seccomp-bpf', '--quiet=all', '--trace=semctl', '--output', '/dev/null'
        $said = Invoke-ChildShell -Prefix $prefix -Script @"
            `$shell = [powershell]::Create().AddScript({ Import-Module '$(Get-ModuleManifestPath)'; $Script })
            `$watch = [Diagnostics.Stopwatch]::StartNew()
            `$null = `$shell.Invoke()
            `$seconds = `$watch.Elapsed.TotalSeconds
            @{ Seconds = `$seconds; Errors = `$shell.Streams.Error.Count
               Records = @(`$shell.Streams.Progress | Select-Object Activity, StatusDescription, PercentComplete, RecordType) } | ConvertTo-Json -Depth 3
"@
        $said | ConvertFrom-Json
    }
}

Describe 'A listing that takes longer than a second' {
    BeforeAll { $script:slow = Get-Progress 'Get-IpcSemaphore' -Sets 30000 }

    It 'says how many of all are done, and in percent' {
        Assert-Strace
        $slow.Errors | Should -Be 0
        $read = @($slow.Records | Where-Object StatusDescription -Match '^\d+ of 30000 semaphore sets read$')
        $read | Should -Not -BeNullOrEmpty
        $read.Activity | Should -Be (@('Get-IpcSemaphore') * $read.Count)
        foreach ($record in $read) {
            $record.PercentComplete | Should -Be ([Math]::Floor([int]($record.StatusDescription -replace ' .*') / 300))
        }
    }

    It 'says it at most once a second' {
        Assert-Strace
        $slow.Records.Count | Should -BeLessOrEqual ($slow.Seconds + 1)
    }

    It 'takes it back in the end' {
        Assert-Strace
        $slow.Records[-1].RecordType | Should -Be ([int][Management.Automation.ProgressRecordType]::Completed)
        @($slow.Records.RecordType -eq 1) | Should -HaveCount 1
    }
}

Describe 'A removal that takes longer than a second' {
    BeforeAll { $script:slow = Get-Progress 'Get-IpcSemaphore | Remove-IpcSemaphore -AllowStale -Confirm:$false' -Sets 16000 }

    It 'says what it has done, and no percentage, as nobody knows how many will come' {
        Assert-Strace
        $slow.Errors | Should -Be 0
        $removal = @($slow.Records | Where-Object { $_.Activity -eq 'Remove-IpcSemaphore' -and $_.RecordType -eq 0 })
        $removal[-1].StatusDescription | Should -Match '^Semaphore sets: [1-9]\d* removed, 0 left alone, 0 failed\.$'
        $removal.PercentComplete | Should -Be (@(-1) * $removal.Count)
    }

    It 'takes it back in the end' {
        Assert-Strace
        @($slow.Records | Where-Object { $_.Activity -eq 'Remove-IpcSemaphore' })[-1].RecordType | Should -Be 1
    }
}

Describe 'A removal that an error ends' {
    It 'takes it back, too' {
        Assert-Strace
        $script = '$all = @(Get-IpcSemaphore) + [pscustomobject]@{ Id = 2147483647 }; ' +
        'try { $all | Remove-IpcSemaphore -AllowStale -Confirm:$false -ErrorAction Stop } catch { "caught" }'
        $slow = Get-Progress $script -Sets 8000
        $removal = @($slow.Records | Where-Object Activity -EQ 'Remove-IpcSemaphore')
        $removal[0].RecordType | Should -Be 0
        $removal[-1].RecordType | Should -Be 1
    }
}
