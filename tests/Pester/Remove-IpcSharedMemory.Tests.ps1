BeforeAll {
    Import-Module $PSScriptRoot/Sandbox.psm1
}

Describe 'Remove-IpcSharedMemory of what is attached' {
    BeforeEach {
        $script:holding = Add-MemoryUser -User (Get-FreshUser)
        $script:id = (Get-IpcSharedMemory -Key 0x5eed).Id
    }

    AfterEach { Clear-Sandbox }

    It 'refuses it, and says what -Force would do' {
        $answer = Invoke-Collecting { Get-IpcSharedMemory -Id $id | Remove-IpcSharedMemory -AllowStale }
        $answer.ErrorId | Should -Be IpcInUse
        $answer.Error[0].Exception.Message | Should -BeLike '*-Force only marks it for removal: it stays until the last of them detaches, but its key 0x00005eed is free at once, and a second server could start beside the first (PostgreSQL *'
        (Get-IpcSharedMemory -Key 0x5eed).IsMarkedForRemoval | Should -BeFalse
    }

    It 'says so before it is done, with -WhatIf' {
        Invoke-ChildShell "Remove-IpcSharedMemory $id -Force -WhatIf" | Should -BeLike (
            "What if: Removing shared memory segment $id (key 0x00005eed, *, 4096 bytes). InUse: it is attached twice;* Only marked for removal, it stays until the last of them detaches, but its key 0x00005eed is free at once, *")
        (Get-IpcSharedMemory -Key 0x5eed).IsMarkedForRemoval | Should -BeFalse
    }

    It 'marks it with -Force, warns that it stays and that its key is free, and does so once' {
        $answer = Invoke-Collecting { Remove-IpcSharedMemory -Key 0x5eed -Force }
        $answer.Error | Should -BeNullOrEmpty
        $answer.Warning | Should -HaveCount 1
        $answer.Warning[0].Message | Should -BeLike '1 shared memory segment is only marked for removal: it goes when the last process detaches. Its key is free already: *'
        $segment = Get-IpcSharedMemory -Id $id
        $segment.IsMarkedForRemoval, $segment.Key, $segment.AttachCount | Should -Be $true, 0, 2
        Add-KernelObject -Table shm -User 0 -Key 0x5eed | Should -Not -Be $id

        $again = Invoke-Collecting { $segment | Remove-IpcSharedMemory -Force -PassThru }
        $again.Error | Should -BeNullOrEmpty
        $again.Output | Should -BeNullOrEmpty
        $again.Warning[0].Message | Should -BeLike "Shared memory segment $id (*) was removed already: there is nothing to do. InUse: it is marked for removal, and goes when the last of them detaches; it is attached twice, by perl ($($holding.Id), *"

        $holding.Kill()
        $holding.WaitForExit()
        Get-KernelId -Table shm | Should -Not -Contain $id
    }

    It 'counts one that was removed already among those left alone' {
        & ipcrm -m $id
        $text = Invoke-ChildShell "Remove-IpcSharedMemory $id -Verbose 3>`$null"
        $text | Should -BeLike '*Shared memory segments: 0 removed, 1 left alone (1 removed already), 0 failed.*'
    }
}
