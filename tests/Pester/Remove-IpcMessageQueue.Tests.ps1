BeforeAll {
    Import-Module $PSScriptRoot/Sandbox.psm1
    $script:user = Get-FreshUser

    function Add-FullQueue ([int] $Count) {
        $id = Add-KernelObject -Table msg -User $user -Key 0
        1..$Count | ForEach-Object { Invoke-KernelObjectUse -Table msg -Id $id -User $user }
        $id
    }
}

AfterAll { Clear-Sandbox }

Describe 'Remove-IpcMessageQueue of a queue with unread messages' {
    It 'refuses it, and says how many there are' {
        $id = Add-FullQueue 2
        $answer = Invoke-Collecting { Get-IpcMessageQueue -Id $id | Remove-IpcMessageQueue }
        $answer.ErrorId | Should -Be IpcMayBeInUse
        $answer.Error[0].Exception.Message | Should -BeLike "Message queue $id (key 0x00000000, owner $user, 2 messages of 8 bytes) was left alone. Stale: *it holds 2 messages of 8 bytes, which nobody has read*-AllowStale."
        Get-KernelId -Table msg | Should -Contain $id
    }

    It 'removes them with -AllowStale, and says how many messages went, once for all' {
        $ids = (Add-FullQueue 1), (Add-FullQueue 2), (Add-KernelObject -Table msg -User $user)
        $answer = Invoke-Collecting { $ids | Remove-IpcMessageQueue -AllowStale }
        $answer.Error | Should -BeNullOrEmpty
        $answer.Warning.Message | Should -Be '3 unread messages (12 bytes) went with what was removed.'
        Get-KernelId -Table msg | Where-Object { $_ -in $ids } | Should -BeNullOrEmpty
    }

    It 'says nothing of messages where there were none' {
        $answer = Invoke-Collecting { Remove-IpcMessageQueue -Id (Add-KernelObject -Table msg -User $user) -AllowStale }
        $answer.Warning | Should -BeNullOrEmpty
    }

    It 'says so before it is done, with -WhatIf' {
        $id = Add-FullQueue 3
        Invoke-ChildShell "Remove-IpcMessageQueue $id -AllowStale -WhatIf" | Should -BeLike "What if: Removing message queue $id (*, 3 messages of 12 bytes). Stale: *"
        Get-KernelId -Table msg | Should -Contain $id
    }

    It 'is refused while somebody waits on it, and wakes him with -Force' {
        $holding = Add-MemoryUser -User (Get-FreshUser)
        $queue = Get-IpcMessageQueue -Key 0x5eed
        (Invoke-Collecting { $queue | Remove-IpcMessageQueue -AllowStale }).ErrorId | Should -Be IpcInUse
        $queue | Remove-IpcMessageQueue -Force -WarningAction SilentlyContinue
        # It ends, and its parent takes no note of that.
        $ended = foreach ($turn in 1..100) {
            if ([IO.File]::ReadAllText("/proc/$($queue.WaitingProcesses.Id)/stat") -match '\) Z ') { $true; break }
            Start-Sleep -Milliseconds 50
        }
        $ended | Should -BeTrue
        $holding.HasExited | Should -BeFalse
    }
}
