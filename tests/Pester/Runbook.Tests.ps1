BeforeAll {
    Import-Module $PSScriptRoot/Sandbox.psm1
    $script:examples = [IO.Path]::GetFullPath("$PSScriptRoot/../../examples")
    $script:runbook = "$examples/runbook.ps1"
    $script:manifest = Get-ModuleManifestPath
    $script:kernelSem = [IO.File]::ReadAllText('/proc/sys/kernel/sem').Trim()

    # As systemd runs it. -File takes its arguments as they are: a list is one text with commas.
    function Invoke-Runbook ([string[]] $Argument, [string[]] $Prefix = @('env'), [string] $Script = $runbook) {
        $command = @($Prefix | Select-Object -Skip 1) + (Join-Path $PSHOME pwsh) + '-NoProfile', '-NonInteractive', '-File', $Script + $Argument
        if ($Argument -notcontains '-Module') { $command += '-Module', $manifest }
        $output = @(& $Prefix[0] @command 2>"$TestDrive/errors")
        $code = $LASTEXITCODE
        Get-Content "$TestDrive/errors" | Should -BeNullOrEmpty
        # Whatever is no JSON fails here.
        $lines = @($output | ForEach-Object { $_ | ConvertFrom-Json })
        $lines[-1].event | Should -Be result
        $lines[-1].exitCode | Should -Be $code
        [pscustomobject]@{ Code = $code; Line = $lines; Event = @($lines.event); Result = $lines[-1] }
    }

    # So that there is room for these many sets more.
    function Limit-Room ([int] $Count) {
        [IO.File]::WriteAllText('/proc/sys/kernel/sem', "250 32000 32 $(@(Get-KernelId).Count + $Count)")
    }

    $script:user = Get-FreshUser
    $script:otherUser = Get-FreshUser
    $script:leftovers = 1..3 | ForEach-Object { Add-Leftover -User $user }
    $script:others = Add-Leftover -User $otherUser
    $script:spared = Add-Leftover -User (Get-FreshUser)
    $script:used = Add-UsedSet
    $script:usedBy = (Get-IpcSemaphore $used).OwnerId
    Wait-RecentUse
}

AfterAll {
    [IO.File]::WriteAllText('/proc/sys/kernel/sem', $kernelSem)
    Clear-Sandbox
}

Describe 'examples/runbook.ps1' {
    BeforeEach {
        Assert-OrphanedVisible
        [IO.File]::WriteAllText('/proc/sys/kernel/sem', $kernelSem)
    }

    It 'has nothing to do where all is well' {
        $answer = Invoke-Runbook
        $answer.Code | Should -Be 0
        $answer.Event | Should -Be result
        $answer.Result.status | Should -Be OK
    }

    It 'leaves what was used within the hour, unless told otherwise' {
        $before = Get-KernelId
        $answer = Invoke-Runbook '-Owner', $user
        $answer.Code | Should -Be 0
        $answer.Result.removed | Should -Be 0
        Get-KernelId | Should -Be $before
    }

    It 'changes nothing with -WhatIf, says what it would do, and that in JSON alone' {
        Limit-Room 0
        $before = Get-KernelId
        $answer = Invoke-Runbook '-Owner', "$user,$otherUser", '-UnusedFor', '0:0:5', '-Raise', 'SEMMNI=32768', '-MetricsPath', "$TestDrive/none.prom", '-WhatIf'
        $answer.Code | Should -Be 2
        # There would be room again.
        $answer.Event | Should -Be limit, removed, removed, removed, removed, result
        $answer.Line.whatIf | Should -Not -Contain $null
        ($answer.Line | Where-Object event -EQ removed).id | Should -Be ($leftovers + $others)
        Get-KernelId | Should -Be $before
        (Get-IpcLimit SEMMNI).Value | Should -Be $before.Count
        "$TestDrive/none.prom" | Should -Not -Exist
        (Invoke-Runbook '-Raise', 'SEMMNI=32768', '-WhatIf').Event | Should -Be limit, raised, result
        (Get-IpcLimit SEMMNI).Value | Should -Be $before.Count
        # Each set once, whatever names its owner goes by.
        (Invoke-Runbook '-Owner', "$user, +$user", '-UnusedFor', '0:0:5', '-WhatIf').Result.removed | Should -Be 3
    }

    It 'can''t say that it would remove what it may not remove' {
        # The kernel's right to remove a stranger's set (CAP_SYS_ADMIN) is missing here.
        $answer = Invoke-Runbook '-Owner', $user, '-UnusedFor', '0:0:5', '-WhatIf' -Prefix setpriv, '--bounding-set=-sys_admin'
        $answer.Code | Should -Be 2
        $answer.Result.removed | Should -Be 0
        $answer.Result.failed | Should -Be 3
    }

    It 'goes by the time that has passed, and not by a local clock that was set forward' {
        # A zone whose clocks went forward by two hours a moment ago.
        $moment = [datetime]::UtcNow.AddSeconds(-5).ToString('yyyy MMM d HH:mm:ss', [cultureinfo]::InvariantCulture)
        Set-Content "$TestDrive/zone" "Zone Own/Zone 0:00 - AAA $moment", '  2:00 - BBB'
        & zic -d "$TestDrive/zones" "$TestDrive/zone"
        & env "TZ=:$TestDrive/zones/Own/Zone" date +%Z | Should -Be BBB
        $answer = Invoke-Runbook '-Owner', $user, '-UnusedFor', '1:30:00', '-WhatIf' -Prefix env, "TZ=:$TestDrive/zones/Own/Zone"
        $answer.Result.removed | Should -Be 0
    }

    It 'is critical when a removal fails' {
        $answer = Invoke-Runbook '-Owner', $user, '-UnusedFor', '0:0:5' -Prefix setpriv, '--bounding-set=-sys_admin'
        $answer.Code | Should -Be 2
        $answer.Event | Should -Be failed, failed, failed, result
        $answer.Line[0].error | Should -Be IpcAccessDenied
        Get-KernelId | Where-Object { $_ -in $leftovers } | Should -Be $leftovers
    }

    It 'removes what the given owners left behind and nothing else, and all is well again' {
        Limit-Room 0
        $before = Get-KernelId
        $answer = Invoke-Runbook '-Owner', "$user,$otherUser,$usedBy", '-UnusedFor', '0:0:5', '-MetricsPath', "$TestDrive/ipc.prom"
        $answer.Code | Should -Be 0
        $answer.Event | Should -Be limit, removed, removed, removed, removed, limit, result
        $first, $last = $answer.Line | Where-Object event -EQ limit
        $first.when, $first.name, $first.status, $first.percent | Should -Be before, SEMMNI, Exhausted, 100
        $last.when, $last.name, $last.status, $last.used | Should -Be after, SEMMNI, Ok, ($before.Count - 4)
        $removed = $answer.Line | Where-Object event -EQ removed
        $removed.id | Should -Be ($leftovers + $others)
        $removed[0].owner | Should -Be "$user"
        $removed[0].key | Should -Be 0x00000000
        $removed[0].reason | Should -BeLike 'Orphaned: *'
        $answer.Result.removed | Should -Be 4
        Get-KernelId | Should -Be ($before | Where-Object { $_ -notin $leftovers + $others })
    }

    It 'has written what Prometheus reads' {
        $lines = Get-Content "$TestDrive/ipc.prom"
        $lines | Should -Contain "ipc_limit_value{limit=`"SEMMNI`"} $(@(Get-KernelId).Count + 4)"
        $lines | Should -Contain "ipc_limit_used{limit=`"SEMMNI`"} $(@(Get-KernelId).Count)"
        $lines | Should -Contain 'ipc_objects{kind="semaphore",status="InUse"} 1'
        $lines | Should -Contain 'ipc_objects{kind="semaphore",status="Orphaned"} 1'
        # A limit of single calls has no use; the sets of all statuses are all sets.
        @($lines -like 'ipc_limit_value*').Count | Should -Be 12
        @($lines -like 'ipc_limit_used*').Count | Should -Be 5
        ($lines -like 'ipc_objects*' | ForEach-Object { [int]($_ -split ' ')[-1] } | Measure-Object -Sum).Sum | Should -Be @(Get-KernelId).Count
        $lines | Where-Object { $_ -notmatch '^(# (HELP|TYPE) ipc_\w+ .+|ipc_\w+\{\w+="\w+"(,\w+="\w+")*\} \d+)$' } | Should -BeNullOrEmpty
        (Get-ChildItem $TestDrive -Filter 'ipc.prom*').Name | Should -Be ipc.prom
    }

    It 'raises a limit that is full all the same, at least to what was said' {
        Limit-Room 0
        $value = (Get-IpcLimit SEMMNI).Value
        $answer = Invoke-Runbook '-Raise', 'MSGMNI=32768,semmni=32768'
        $answer.Code | Should -Be 0
        $answer.Event | Should -Be limit, raised, limit, result
        $raised = $answer.Line[1]
        $raised.name, $raised.from, $raised.to, $raised.persist | Should -Be SEMMNI, $value, 32768, $false
        (Get-IpcLimit SEMMNI).Value | Should -Be 32768
    }

    It 'does not raise a limit that is not full' {
        Limit-Room 1
        $value = (Get-IpcLimit SEMMNI).Value
        $answer = Invoke-Runbook '-Raise', 'SEMMNI=32768'
        $answer.Event | Should -Not -Contain raised
        (Get-IpcLimit SEMMNI).Value | Should -Be $value
    }

    It 'is critical when a limit is full still' {
        Limit-Room 0
        $answer = Invoke-Runbook '-Raise', 'SEMMNI=1'
        $answer.Code | Should -Be 2
        $answer.Event | Should -Be limit, kept, limit, result
        (Invoke-Runbook).Code | Should -Be 2
    }

    It 'is critical when a raise fails' {
        Limit-Room 0
        $readOnly = 'mount --bind /proc/sys /proc/sys && mount -o remount,bind,ro /proc/sys && exec "$@"'
        $answer = Invoke-Runbook '-Raise', 'SEMMNI=32768' -Prefix unshare, --mount, sh, -c, $readOnly, sh
        $answer.Code | Should -Be 2
        $answer.Event | Should -Be limit, failed, limit, result
        $answer.Line[1].error | Should -Be LimitReadOnly
    }

    It 'warns from the threshold on' {
        [IO.File]::WriteAllText('/proc/sys/kernel/sem', "250 32000 32 $(@(Get-KernelId).Count * 2)")
        (Invoke-Runbook).Code | Should -Be 0
        $answer = Invoke-Runbook '-Threshold', 50
        $answer.Code | Should -Be 1
        $answer.Result.status | Should -Be WARNING
        ($answer.Line | Where-Object event -EQ limit).percent | Should -Be 50, 50
        ($answer.Line | Where-Object event -EQ limit).status | Should -Be Warning, Warning
    }

    It 'warns when the metrics can not be written, and leaves no part of them: <_>' -ForEach 'nosuch/ipc.prom', 'folder' {
        $null = New-Item -ItemType Directory "$TestDrive/folder/full" -Force
        $answer = Invoke-Runbook '-MetricsPath', "$TestDrive/$_"
        $answer.Code | Should -Be 1
        $answer.Line[0].metrics | Should -Be "$TestDrive/$_"
        $answer.Line[0].message | Should -Not -BeNullOrEmpty
        Get-ChildItem $TestDrive -Filter 'folder?*' | Where-Object Name -NE folder | Should -BeNullOrEmpty
    }

    It 'does not know, where it could not look: <_>' -ForEach '-Owner nosuchuser', '-Module nosuchmodule', '-UnusedFor soon',
    '-UnusedFor:-1:0:0', '-UnusedFor 24:00:00', '-UnusedFor 60', '-Threshold 80%', '-Threshold 0', '-Threshold 101', '-Raise SEMMNI', '-Raise SEMMSL=5',
    '-Raise SEMMNI=2x', '-Raise SEMMNI=99999', '-Raise SEMMNI=0', '-Raise SEMMNI=7,SEMMNI=8', '-Owner a,,b', '-Owner root daemon', '-Confirm', '-Nosuch', 'word' {
        $before = Get-KernelId
        $answer = Invoke-Runbook ($_ -split ' ')
        $answer.Code | Should -Be 3
        $answer.Event | Should -Be error, result
        $answer.Line[0].message | Should -Not -BeNullOrEmpty
        $answer.Result.status | Should -Be UNKNOWN
        Get-KernelId | Should -Be $before
    }

    It 'does not know what is left over where that can not be seen, and says so' {
        $copy = New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) "pssysvipc-$(New-Guid)")
        try {
            Copy-Item (Split-Path $manifest), $runbook $copy -Recurse
            & chmod -R a+rX $copy
            $plain = 'setpriv', '--reuid', $user, '--regid', $user, '--clear-groups', 'env', '--chdir=/', "HOME=$copy"
            $answer = Invoke-Runbook '-Owner', 'daemon', '-Module', "$copy/PSSysVIpc/PSSysVIpc.psd1" -Prefix $plain -Script "$copy/runbook.ps1"
        }
        finally { Remove-Item -LiteralPath $copy -Recurse -Force }
        $answer.Code | Should -Be 3
        $answer.Event | Should -Be error, result
        $answer.Line[0].message | Should -BeLike '*root*'
    }

    It 'counts what somebody has to look at' {
        $stale = Add-StaleSet
        (Invoke-Runbook '-Owner', (Get-IpcSemaphore $stale).OwnerId).Result.stale | Should -Be 1
    }

    It 'starts by itself, from any folder, and takes paths from there' {
        Push-Location $TestDrive
        try {
            $output = & env "PATH=${PSHOME}:$env:PATH" $runbook -Module ([IO.Path]::GetRelativePath($TestDrive, $manifest)) -MetricsPath own.prom
            $LASTEXITCODE | Should -Be 0
            ($output | ConvertFrom-Json).event | Should -Be result
        }
        finally { Pop-Location }
        "$TestDrive/own.prom" | Should -Exist
    }

    It 'uses the module that is loaded already, and its help shows how to call it' {
        (& $runbook | ConvertFrom-Json).status | Should -Be OK
        $help = Get-Help $runbook -Full | Out-String -Width 80
        $help | Should -BeLike '*-UnusedFor*hours:minutes:seconds*'
        (Get-Help $runbook).Synopsis | Should -BeLike 'Looks after System V IPC*'
    }

    It 'does not hide what it knows to be full behind an owner that it does not know' {
        Limit-Room 0
        (Invoke-Runbook '-Owner', 'nosuchuser').Code | Should -Be 2
    }

    It 'has a service and a timer that systemd takes' {
        if (-not (Get-Command systemd-analyze -ErrorAction Ignore)) { Set-ItResult -Skipped -Because 'there is no systemd-analyze'; return }
        foreach ($unit in 'pssysvipc-runbook.service', 'pssysvipc-runbook.timer') {
            # The pwsh and the script of this machine, wherever they are.
            (Get-Content "$examples/$unit") -replace '/usr/bin/pwsh', (Join-Path $PSHOME pwsh) | Set-Content "$TestDrive/$unit"
        }
        $said = & systemd-analyze verify "$TestDrive/pssysvipc-runbook.service" "$TestDrive/pssysvipc-runbook.timer" 2>&1
        $LASTEXITCODE | Should -Be 0 -Because "$said"
        $said -match 'pssysvipc' | Should -BeNullOrEmpty
    }

    It 'starts with the home that the service has, where root''s can not be written to' {
        $unit = Get-Content "$examples/pssysvipc-runbook.service"
        $state = ($unit -match '^StateDirectory=') -replace '.*='
        $unit -match "^Environment=.*\bHOME=/var/lib/$state\b" | Should -HaveCount 1
        $null = New-Item -ItemType Directory "$TestDrive/state"
        $noHome = 'mount -t tmpfs -o ro none /root && exec "$@"'
        (Invoke-Runbook -Prefix unshare, --mount, sh, -c, $noHome, sh, env, "HOME=$TestDrive/state").Code | Should -Be 0
    }

    It 'stops when it is told to, and says so' {
        # It is at work when this has begun.
        Set-Content "$TestDrive/slow.psm1" "Set-Content '$TestDrive/begun' 1; Start-Sleep 600"
        # Whoever runs these tests in the background may have had them ignore the signal.
        Set-Content "$TestDrive/heed.pl" "`$SIG{INT} = 'DEFAULT'; exec @ARGV"
        $arguments = "$TestDrive/heed.pl", (Join-Path $PSHOME pwsh), '-NoProfile', '-NonInteractive', '-File', $runbook, '-Module', "$TestDrive/slow.psm1"
        $process = Start-Process perl $arguments -RedirectStandardOutput "$TestDrive/stopped" -PassThru
        try {
            while (-not (Test-Path "$TestDrive/begun") -and -not $process.HasExited) { Start-Sleep -Milliseconds 50 }
            & kill -INT $process.Id
            $process.WaitForExit(60000) | Should -BeTrue
        }
        finally { $process.Kill() }
        $last = Get-Content "$TestDrive/stopped" | Select-Object -Last 1 | ConvertFrom-Json
        $last.event | Should -Be error
        $last.message | Should -BeLike 'It was stopped*'
    }

    It 'is started by that service with arguments that it takes' {
        $line = (Get-Content "$examples/pssysvipc-runbook.service") -match '^ExecStart='
        $arguments = ($line -replace '^.*runbook\.ps1 ') -replace '-MetricsPath \S+', "-MetricsPath $TestDrive/unit.prom" -split ' '
        (Invoke-Runbook $arguments).Code | Should -Be 0
        "$TestDrive/unit.prom" | Should -Exist
    }
}

Describe 'examples/runbook.ps1 on several hosts by SSH' {
    BeforeAll {
        $script:sshd = Get-Command -CommandType Application sshd -TotalCount 1 -ErrorAction Ignore
        if (-not $sshd) { return }
        $script:folder = Add-SshFolder "$TestDrive/ssh"
        # Each host has a name and an IPC namespace of its own, with room for one set, and web02 has it full.
        Set-Content "$folder/connect" @"
#!/bin/sh
[ "`$1" = web03 ] && exit 1
[ "`$1" = web02 ] && fill='ipcmk --semaphore 1 >/dev/null'
exec unshare --ipc --mount --uts sh -c "hostname `$1; echo '250 32000 32 1' >/proc/sys/kernel/sem; `${fill:-:}; mount -t tmpfs none /run && mkdir /run/sshd && exec $($sshd.Source) -i -f $folder/configuration"
"@
        & chmod 700 "$folder/connect"
        $script:login = @{
            UserName    = 'root'
            KeyFilePath = "$folder/user"
            Options     = @{ ProxyCommand = "$folder/connect %h"; StrictHostKeyChecking = 'no'; UserKnownHostsFile = '/dev/null'; LogLevel = 'QUIET' }
        }
        $script:work = { & $args[0] -Module $args[1]; [pscustomobject]@{ ExitCode = $LASTEXITCODE } }

        function Assert-EachHost ([object[]] $Output, [object[]] $Failure) {
            $codes = $Output | Where-Object { $_ -isnot [string] } | Sort-Object PSComputerName
            $codes.PSComputerName | Should -Be web01, web02
            $codes.ExitCode | Should -Be 0, 2
            foreach ($line in $Output | Where-Object { $_ -is [string] }) { ($line | ConvertFrom-Json).host | Should -Be $line.PSComputerName }
            @($Failure).Count | Should -Be 1
            $target = $Failure[0].TargetObject
            ($target -is [string] ? $target : $target.ConnectionInfo.ComputerName) | Should -Be web03
        }
    }

    BeforeEach {
        if (-not $sshd) { Set-ItResult -Skipped -Because 'there is no sshd on this machine' }
    }

    It 'answers, or fails, by the name of each host, all at once' {
        $output = Invoke-Command -HostName web01, web02, web03 @login -ArgumentList $runbook, $manifest $work -ErrorAction SilentlyContinue -ErrorVariable failure
        Assert-EachHost $output $failure
    }

    It 'does so in sessions, of which -ThrottleLimit work at a time' {
        $sessions = New-PSSession -HostName web01, web02, web03 @login -ErrorAction SilentlyContinue -ErrorVariable failure
        try {
            $output = Invoke-Command -Session $sessions -ThrottleLimit 1 -ArgumentList $runbook, $manifest $work
            Assert-EachHost $output $failure
        }
        finally { $sessions | Remove-PSSession }
    }
}
