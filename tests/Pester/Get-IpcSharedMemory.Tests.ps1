BeforeAll {
    Import-Module $PSScriptRoot/Sandbox.psm1
    $script:holder = Get-FreshUser
    $script:holding = Add-MemoryUser -User $holder
    $script:unused = Add-KernelObject -Table shm -User (Get-FreshUser)
}

AfterAll { Clear-Sandbox }

Describe 'Get-IpcSharedMemory' {
    It 'has its properties in the order of all objects, and then its own' {
        (Get-IpcSharedMemory -Id $unused).PSObject.Properties.Name -join ' ' | Should -Be (
            'Id Key KeyText Owner OwnerId Group GroupId Creator CreatorId CreatorGroup CreatorGroupId Mode Permissions ChangeTime ' +
            'LastUsedTime Status StatusReason NamespaceId BootId Size AttachCount AttachedProcesses CreatorProcess LastProcess ' +
            'AttachTime DetachTime ResidentSize SwappedSize IsMarkedForRemoval IsLocked')
    }

    It 'says that what is attached is in use, and how to find out by whom' {
        $segment = Get-IpcSharedMemory -Key 0x5eed
        $segment.Status, $segment.AttachCount | Should -Be 'InUse', 2
        $segment.StatusReason | Should -BeLike "InUse: it is attached twice; its creator and last process perl ($($holding.Id), *) lives. Stop who uses it (see (Get-IpcSharedMemory $($segment.Id) -IncludeProcess).AttachedProcesses); *"
        $segment.AttachedProcesses | Should -BeNullOrEmpty
    }

    It 'names who is attached with -IncludeProcess' {
        $segment = Get-IpcSharedMemory -Key 0x5eed -IncludeProcess
        $segment.AttachedProcesses.Id | Should -Be $holding.Id
        $segment.AttachedProcesses.AttachCount | Should -Be 2
        $segment.StatusReason | Should -BeLike "InUse: it is attached twice, by perl ($($holding.Id), *"
        $none = Get-IpcSharedMemory -Id $unused -IncludeProcess
        $null -eq $none.AttachedProcesses | Should -BeFalse
        $none.AttachedProcesses.Count | Should -Be 0
    }

    It 'tells a plain user what he may not see' {
        $user = Get-FreshUser
        $text = Invoke-ChildShell -Prefix setpriv, --reuid, $user, --regid, $user, --clear-groups, env, HOME=/ -Script (
            'Get-IpcSharedMemory -Key 0x5eed -IncludeProcess | ForEach-Object StatusReason')
        $text | Should -BeLike 'InUse: it is attached twice, by nobody who can be seen from here; *'
    }

    It 'has the owner, size and age of one that nobody is attached to' {
        $segment = Get-IpcSharedMemory -Id $unused
        $segment.Size, $segment.AttachCount | Should -Be 4096, 0
        $segment.CreatorProcess.IsAlive | Should -BeFalse
        $segment.LastProcess, $segment.AttachTime, $segment.DetachTime | Should -Be $null, $null, $null
        $segment.LastUsedTime | Should -Be $segment.ChangeTime
    }
}
