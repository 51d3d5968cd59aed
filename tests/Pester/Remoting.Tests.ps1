BeforeAll {
    Import-Module $PSScriptRoot/Sandbox.psm1
    $script:manifest = Get-ModuleManifestPath
    $script:sshd = Get-Command -CommandType Application sshd -TotalCount 1 -ErrorAction Ignore
    $script:leftovers = [Collections.Generic.Queue[int]]::new()
    1..2 | ForEach-Object { $leftovers.Enqueue((Add-Leftover)) }
    $script:stale = Add-StaleSet
    Wait-RecentUse
    $script:sessions = @()
    if (-not $sshd) { return }

    $script:folder = Add-SshFolder "$TestDrive/ssh"

    # A session with an SSH server of its own, which talks to its one client and listens nowhere. With -Prefix the
    # server, and so the session, runs under that command.
    function Connect-Server ([string] $Prefix = 'exec') {
        $server = "$folder/$($Prefix -replace '\W')"
        # sshd wants a folder in /run, and that of the machine isn't ours.
        Set-Content $server @"
#!/bin/sh
$Prefix unshare --mount sh -c 'mount -t tmpfs none /run && mkdir /run/sshd && exec $($sshd.Source) -i -f $folder/configuration'
"@
        & chmod 700 $server
        $options = @{ ProxyCommand = $server; StrictHostKeyChecking = 'no'; UserKnownHostsFile = '/dev/null'; LogLevel = 'ERROR' }
        $session = New-PSSession -HostName there -UserName root -KeyFilePath "$folder/user" -Options $options
        $script:sessions += $session
        Invoke-Command $session { Import-Module $using:manifest }
        $session
    }
    $script:here = Connect-Server
}

AfterAll {
    $sessions | Remove-PSSession
    Clear-Sandbox
}

Describe 'Sets that come from another machine by SSH' {
    BeforeEach {
        if (-not $sshd) { Set-ItResult -Skipped -Because 'there is no sshd on this machine' }
    }

    It 'keep every fact' {
        $set = Get-IpcSemaphore -Id $leftovers.Peek()
        $record = Invoke-Command $here { Get-IpcSemaphore -Id $using:set.Id }
        foreach ($property in $set.PSObject.Properties) { "$($record.($property.Name))" | Should -Be "$($property.Value)" -Because $property.Name }
        $record.LastOperationTime | Should -BeOfType [datetime]
        $record.LastProcesses[0].Id | Should -BeOfType [int]
        $record.LastProcesses[0].IsAlive | Should -BeFalse
        $record.Semaphores[0].Value | Should -Be 1
    }

    It 'can be filtered, and removed where they are' {
        Assert-OrphanedVisible
        $id = $leftovers.Dequeue()
        $records = Invoke-Command $here { Get-IpcSemaphore }
        $records | Where-Object { $_.Status -eq 'Orphaned' -and $_.Id -eq $id } | Remove-IpcSemaphore
        Get-KernelId | Should -Not -Contain $id
        Get-KernelId | Should -Contain $stale
    }

    It 'can be removed there, and what is in doubt is refused there' {
        Assert-OrphanedVisible
        $id = $leftovers.Dequeue()
        $answer = Invoke-Collecting { Invoke-Command $here { Get-IpcSemaphore | Remove-IpcSemaphore } }
        $answer.ErrorId | Should -Be IpcMayBeInUse
        Get-KernelId | Should -Not -Contain $id
        Get-KernelId | Should -Contain $stale
    }

    It 'are refused here when they are sets of another IPC namespace, also with -Force' {
        $there = Connect-Server -Prefix 'unshare --ipc'
        $record = Invoke-Command $there {
            [IO.File]::WriteAllText('/proc/sys/kernel/sem_next_id', "$using:stale")
            $null = & ipcmk --semaphore 1
            Get-IpcSemaphore
        }
        $record.Id | Should -Be $stale
        $answer = Invoke-Collecting { $record | Remove-IpcSemaphore -Force }
        $answer.ErrorId | Should -Be IpcChanged
        $answer.Error[0].Exception.Message | Should -BeLike '*NamespaceId*'
        Get-KernelId | Should -Contain $stale
    }
}

Describe 'Limits that come from another machine by SSH' {
    BeforeEach {
        if (-not $sshd) { Set-ItResult -Skipped -Because 'there is no sshd on this machine' }
    }

    It 'keep every fact' {
        $limits = Get-IpcLimit
        $records = Invoke-Command $here { Get-IpcLimit }
        foreach ($number in 0..($limits.Count - 1)) {
            foreach ($property in $limits[$number].PSObject.Properties) {
                "$($records[$number].($property.Name))" | Should -Be "$($property.Value)" -Because "$($limits[$number].Name) $($property.Name)"
            }
        }
    }

    It 'can be set here' {
        $before = (Get-IpcLimit SEMMNI).Value
        Invoke-Command $here { Get-IpcLimit SEMMNI } | Set-IpcLimit -Value ($before - 1)
        (Get-IpcLimit SEMMNI).Value | Should -Be ($before - 1)
        Set-IpcLimit SEMMNI $before
    }
}
