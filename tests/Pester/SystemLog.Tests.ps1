BeforeAll {
    Import-Module $PSScriptRoot/Sandbox.psm1

    # A log that the shells of this file write to, and nobody else: the machine's own is left alone.
    $script:path = "$TestDrive/log"
    $script:received = "$TestDrive/received"
    Set-Content "$TestDrive/reader.pl" ('use Socket; socket(S, AF_UNIX, SOCK_DGRAM, 0); bind(S, sockaddr_un($ARGV[0])) or die; $| = 1; print qq(ready\n);' +
        'alarm 600; while (defined recv(S, $line, 1 << 20, 0)) { print qq($line\n); exit if $line eq q(end) }')
    $script:ownDevices = 'mount -t tmpfs none /mnt && cp -a /dev/null /dev/zero /dev/random /dev/urandom /dev/tty /mnt && mount --move /mnt /dev'

    function Connect-Log {
        $socket = [Net.Sockets.Socket]::new('Unix', 'Dgram', 'Unspecified')
        $socket.Connect([Net.Sockets.UnixDomainSocketEndPoint]::new($path))
        $socket
    }

    # Runs a script where /dev/log is ours, in mounts of its own, and returns what we write there meanwhile: pwsh itself
    # writes about its starts.
    # -Ends: pwsh may not come to its end; -All: also what others write; -Before: what is done in its mounts first.
    function Invoke-WithLog ([string] $Script, [switch] $Ends, [switch] $All, [string] $Before = 'true') {
        Remove-Item -LiteralPath $path, $received -ErrorAction Ignore
        $process = Start-Process perl "$TestDrive/reader.pl", $path -RedirectStandardOutput $received -PassThru
        while (-not (Get-Content $received -ErrorAction Ignore)) { Start-Sleep -Milliseconds 20 }
        $prefix = 'unshare', '--mount', 'sh', '-c', "$ownDevices && ln -s `"`$0`" /dev/log && mount -t tmpfs none /etc/sysctl.d && $Before && exec `"`$@`"", $path
        $said = Invoke-ChildShell "`$null = & { $Script } 2>&1 3>&1; 'done'" -Prefix $prefix
        if (-not $Ends) { $said | Should -BeLike '*done' }
        $log = Connect-Log
        $null = $log.Send([Text.Encoding]::ASCII.GetBytes('end'))
        $log.Dispose()
        $process.WaitForExit()
        if ($All) { return Get-Content $received }
        foreach ($line in Get-Content $received) { if ($line -match '^<13>.*?: PSSysVIpc: (.*)$') { $Matches[1] } }
    }

    $script:namespace = (Get-Item /proc/self/ns/ipc).LinkTarget -replace '\D'
    $script:byUs = "by $(& id --user --name)"
    $login = [IO.File]::ReadAllText('/proc/self/loginuid').Trim()
    if ($login -notin '4294967295', "$(& id --user)") { $script:byUs += " (logged in as $(& id --user --name $login))" }
}

AfterAll { Clear-Sandbox }

Describe 'The system log' {
    It 'has a line for each removal: what it was, how it was removed, by whom' {
        $plain = Add-SemaphoreSet -User (Get-FreshUser) -Key 0
        $keyed = Add-SemaphoreSet -User (Get-FreshUser) -Key 0xbeef -Count 2
        $used = Add-UsedSet
        $sets = Get-IpcSemaphore $plain, $keyed, $used
        # Touched a moment ago, it is Stale by that.
        $lines = Invoke-WithLog "Remove-IpcSemaphore $plain -AllowStale; Remove-IpcSemaphore $keyed -AllowStale; Remove-IpcSemaphore $used -Force"
        $end = "$byUs, in the IPC namespace $namespace."
        $lines | Should -Be @(
            "Removed semaphore set $plain (key 0x00000000, owner $($sets[0].Owner), 1 semaphore), which was Stale, with -AllowStale, $end"
            "Removed semaphore set $keyed (key 0x0000beef, owner $($sets[1].Owner), 2 semaphores), which was Stale, with -AllowStale, $end"
            "Removed semaphore set $used (key $($sets[2].KeyText), owner $($sets[2].Owner), 1 semaphore), which was InUse, with -Force, $end"
        )
    }

    It 'has one line for <Count> removals of a pipeline: <Lines>' -ForEach @{ Count = 20; Lines = 20 }, @{ Count = 21; Lines = 1 } {
        $user = Get-FreshUser
        $ids = @(1..$Count | ForEach-Object { Add-SemaphoreSet -User $user -Key 0 })
        $log = @(Invoke-WithLog "Get-IpcSemaphore -Owner $user | Remove-IpcSemaphore -AllowStale")
        $log.Count | Should -Be $Lines
        if ($Lines -eq 1) {
            $log | Should -BeLike "Removed 21 semaphore sets (21 Stale; owners: 21 $user), with -AllowStale, $byUs, in the IPC namespace $namespace. Ids: *"
            $ranges = -split ($log -replace '^.*Ids: ')
            $ranges | ForEach-Object { $first, $last = $_ -split '-'; $first..($last ?? $first) } | Should -Be $ids
        }
    }

    It 'has what was removed before an error ended the pipeline' {
        $id = Add-StaleSet
        Invoke-WithLog "try { $id, 'semid' | Remove-IpcSemaphore -AllowStale -ErrorAction Stop } catch { }" | Should -BeLike "Removed semaphore set $id *"
    }

    It 'has what was removed before pwsh itself was ended: <_>' -ForEach 'TERM', 'HUP', 'exit' {
        $ids = 1..2 | ForEach-Object { Add-StaleSet }
        $end = $_ -eq 'exit' ? '[Environment]::Exit(5)' : "& kill -$_ `$PID; Start-Sleep 60"
        Invoke-WithLog "$($ids -join ', ') | Remove-IpcSemaphore -AllowStale -PassThru | Select-Object -Skip 1 | ForEach-Object { $end }" -Ends |
            ForEach-Object { $_ -replace ' \(.*' } | Should -Be "Removed semaphore set $($ids[0])", "Removed semaphore set $($ids[1])"
    }

    It 'has it when no other follows, though the pipeline goes on' {
        $ids = 1..2 | ForEach-Object { Add-StaleSet }
        $lines = Invoke-WithLog "& { $($ids[0]); Start-Sleep 4; & logger ours; $($ids[1]) } | Remove-IpcSemaphore -AllowStale" -All
        $lines -replace '^.*PSSysVIpc: | \(key.*' -replace '^.*: ours$', 'ours' | Where-Object { $_ -match '^(Removed|ours)' } |
            Should -Be "Removed semaphore set $($ids[0])", ours, "Removed semaphore set $($ids[1])"
    }

    It 'shows an owner as what it is called, however that looks' {
        $user = Get-FreshUser
        $id = Add-SemaphoreSet -User $user -Key 0
        Set-Content "$TestDrive/passwd" ((Get-Content /etc/passwd) + "a%m%n%s%%d%:x:${user}:${user}::/:/bin/false")
        & chmod a+r "$TestDrive/passwd"
        $lines = Invoke-WithLog "Remove-IpcSemaphore $id -AllowStale" -Before "mount --bind '$TestDrive/passwd' /etc/passwd"
        $lines | Should -BeLike "Removed semaphore set $id (key 0x00000000, owner a%m%n%s%%d%, 1 semaphore)*"
    }

    It 'has nothing of what was refused, or only tried' {
        $id = Add-StaleSet
        Invoke-WithLog "Remove-IpcSemaphore $id; Remove-IpcSemaphore $id -Force -WhatIf; Set-IpcLimit SEMMNI 31999 -WhatIf -Persist; Set-IpcLimit SEMMNI 0" | Should -BeNullOrEmpty
        Get-KernelId | Should -Contain $id
    }

    It 'has each change of a limit, and of what the next boot sets' {
        $sem = -split [IO.File]::ReadAllText('/proc/sys/kernel/sem')
        # What is so already changes nothing.
        $lines = Invoke-WithLog 'Set-IpcLimit SEMMNI 31000 -Persist; Set-IpcLimit SEMMNI 31000 -Persist; Set-IpcLimit MSGMNI 0 -Force; Remove-IpcLimitPersistence'
        [IO.File]::WriteAllText('/proc/sys/kernel/sem', "$sem")
        [IO.File]::WriteAllText('/proc/sys/kernel/msgmni', '32000')
        $lines | Should -Be @(
            "Set SEMMNI from $($sem[3]) to 31000 in the IPC namespace $namespace, $byUs."
            "/etc/sysctl.d/60-pssysvipc.conf has the line: kernel.sem = 32000 1024000000 500 31000, $byUs."
            "Set MSGMNI from 32000 to 0 in the IPC namespace $namespace, with -Force, $byUs."
            "/etc/sysctl.d/60-pssysvipc.conf does not set kernel.sem any more, $byUs."
        )
    }

    It 'is not missed where there is none' {
        $id = Add-StaleSet
        # This suite runs without one.
        (Invoke-Collecting { Remove-IpcSemaphore $id -AllowStale }).Error | Should -BeNullOrEmpty
        Get-KernelId | Should -Not -Contain $id
    }

    It 'holds nobody up when it does not answer' {
        $ids = 1..2 | ForEach-Object { Add-StaleSet }
        Remove-Item -LiteralPath $path -ErrorAction Ignore
        $log = [Net.Sockets.Socket]::new('Unix', 'Dgram', 'Unspecified')
        $log.Bind([Net.Sockets.UnixDomainSocketEndPoint]::new($path))
        $filler = Connect-Log
        try {
            # Until it takes no more: whoever writes then waits.
            $filler.Blocking = $false
            $isFull = $false
            while (-not $isFull) { try { $null = $filler.Send([byte[]]::new(10)) } catch { $isFull = $true } }
            # pwsh writes there when it starts, and would itself wait: so it is there only afterwards.
            $prefix = 'timeout', '--signal=KILL', '300', 'unshare', '--mount', 'sh', '-c', "$ownDevices && exec `"`$@`"", 'sh'
            $script = "& ln -s '$path' /dev/log; Remove-IpcSemaphore $($ids[0]) -AllowStale; Remove-IpcSemaphore $($ids[1]) -AllowStale"
            Invoke-ChildShell $script -Prefix $prefix | Should -BeNullOrEmpty
            Get-KernelId | Where-Object { $_ -in $ids } | Should -BeNullOrEmpty
        }
        finally {
            $filler.Dispose()
            $log.Dispose()
        }
    }
}
