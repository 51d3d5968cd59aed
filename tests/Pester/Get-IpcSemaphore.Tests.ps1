BeforeAll {
    Import-Module $PSScriptRoot/Sandbox.psm1
    # One user each, so that a process of one says nothing about the set of another.
    $script:leftoverUser = Get-FreshUser
    $script:keyedUser = Get-FreshUser
    $script:waitedUser = Get-FreshUser
    $script:heldUser = Get-FreshUser
    $script:watchedUser = Get-FreshUser

    $script:leftover = Add-Leftover -User $leftoverUser -Count 2
    $script:keyed = Add-SemaphoreSet -User $keyedUser -Key 0x00c0ffee -Count 3
    $script:highKeyed = Add-SemaphoreSet -User $keyedUser -Key 4294967295 -Mode 0640
    $script:waited = Add-SemaphoreSet -User $waitedUser -Count 2
    $script:held = Add-SemaphoreSet -User $heldUser
    $script:watched = Add-SemaphoreSet -User $watchedUser
    $script:open = Add-SemaphoreSet -User (Get-FreshUser) -Mode 0666 -Key 0
    $script:roots = Add-SemaphoreSet -User 0

    $script:waiter = Add-SemaphoreUser -Task Wait -Id $waited -Index 1 -User $waitedUser
    $script:holder = Add-SemaphoreUser -Task Hold -Id $held -User $heldUser
    $script:watcher = Add-SemaphoreUser -Task Idle -User $watchedUser
    Wait-RecentUse
}

AfterAll { Clear-Sandbox }

Describe 'Get-IpcSemaphore' {
    It 'returns every set the kernel has, sorted by id' {
        (Get-IpcSemaphore).Id | Should -Be (Get-KernelId | Sort-Object)
    }

    It 'returns objects of the documented type' {
        Get-IpcSemaphore | ForEach-Object { $_.PSObject.TypeNames[0] } | Sort-Object -Unique | Should -Be 'PSSysVIpc.IpcSemaphoreSet'
    }

    It 'gives <Property> as <Type>' -ForEach @(
        @{ Property = 'Id'; Type = [int] }
        @{ Property = 'Key'; Type = [uint32] }
        @{ Property = 'Owner'; Type = [string] }
        @{ Property = 'OwnerId'; Type = [uint32] }
        @{ Property = 'GroupId'; Type = [uint32] }
        @{ Property = 'Creator'; Type = [string] }
        @{ Property = 'CreatorId'; Type = [uint32] }
        @{ Property = 'Mode'; Type = [string] }
        @{ Property = 'Permissions'; Type = [string] }
        @{ Property = 'SemaphoreCount'; Type = [int] }
        @{ Property = 'KeyText'; Type = [string] }
        @{ Property = 'LastUsedTime'; Type = [datetime] }
        @{ Property = 'WaitingCount'; Type = [int] }
        @{ Property = 'ChangeTime'; Type = [datetime] }
        @{ Property = 'LastOperationTime'; Type = [datetime] }
        @{ Property = 'Status'; Type = [string] }
        @{ Property = 'StatusReason'; Type = [string] }
        @{ Property = 'NamespaceId'; Type = [uint64] }
        @{ Property = 'BootId'; Type = [guid] }
    ) {
        (Get-IpcSemaphore -Id $leftover).$Property | Should -BeOfType $Type
    }

    It 'tells who owns and made a set, and who may use it' {
        $set = Get-IpcSemaphore -Id $highKeyed
        $set.OwnerId | Should -Be $keyedUser
        $set.Owner | Should -Be "$keyedUser" -Because 'no account has this number'
        $set.CreatorGroup | Should -Be "$keyedUser"
        $set.Key | Should -Be 4294967295
        $set.Mode | Should -Be '0640'
        $set.Permissions | Should -Be 'rw-r-----'
        (Get-IpcSemaphore -Id $roots).Owner | Should -Be 'root'
    }

    It 'tells which machine and namespace a set is of' {
        $set = Get-IpcSemaphore -Id $roots
        $set.BootId | Should -Be ([guid](Get-Content /proc/sys/kernel/random/boot_id))
        "ipc:[$($set.NamespaceId)]" | Should -Be (Get-Item /proc/self/ns/ipc).LinkTarget
    }

    It 'gives the properties in the same order everywhere: first those that all kinds of objects have' {
        $first = 'Id', 'Key', 'KeyText', 'Owner', 'OwnerId', 'Group', 'GroupId', 'Creator', 'CreatorId', 'CreatorGroup', 'CreatorGroupId', 'Mode', 'Permissions',
            'ChangeTime', 'LastUsedTime', 'Status', 'StatusReason', 'NamespaceId', 'BootId'
        $all = $first + 'SemaphoreCount', 'LastOperationTime', 'WaitingCount', 'WaitingProcesses', 'LastProcesses', 'Semaphores'
        $set = Get-IpcSemaphore -Id $leftover
        ($set | Select-Object *).PSObject.Properties.Name | Should -Be $all
        ($set | ConvertTo-Csv)[0] -replace '"' -split ',' | Should -Be $all
        ($set | ConvertTo-Json -Depth 1 -WarningAction Ignore | ConvertFrom-Json).PSObject.Properties.Name | Should -Be $all
    }

    It 'has no property that hides how many sets there are' {
        @(Get-IpcSemaphore -Id $keyed).Count, (Get-IpcSemaphore -Id $keyed).Count | Should -Be 1, 1
        (Get-IpcSemaphore -Id $keyed).PSObject.Properties.Name | Should -Not -Contain Count
        (Get-IpcLimit SEMMNI).Count | Should -Be 1
    }

    It 'gives the key as text, too, in which it can be found' {
        (Get-IpcSemaphore | Where-Object KeyText -EQ '0xffffffff').Id | Should -Be $highKeyed
        (Get-IpcSemaphore | Where-Object KeyText -Like '0x00c0*').Id | Should -Be $keyed
        (Get-IpcSemaphore -Id $roots).KeyText | Should -Be ('0x{0:x8}' -f (Get-IpcSemaphore -Id $roots).Key)
    }

    It 'takes for the last use the change where that was later, and never nothing' {
        $set = Get-IpcSemaphore -Id $keyed
        $set.LastUsedTime | Should -Be $set.ChangeTime
        $set = Get-IpcSemaphore -Id $leftover
        $set.LastUsedTime | Should -Be $set.LastOperationTime
        Get-IpcSemaphore | Where-Object LastUsedTime -LT (Get-Date).AddHours(-1) | Should -BeNullOrEmpty
        Get-IpcSemaphore | Where-Object LastUsedTime -EQ $null | Should -BeNullOrEmpty
    }

    It 'lists processes so that those who live can be asked for, also where there are none' {
        Set-StrictMode -Version 3
        $living = Get-IpcSemaphore -Id $keyed, $leftover, $held | Where-Object { $_.LastProcesses | Where-Object IsAlive }
        $living.Id | Should -Be $held
    }

    It 'leaves unset what never happened' {
        $set = Get-IpcSemaphore -Id $keyed
        $set.LastOperationTime | Should -BeNullOrEmpty
        $set.LastProcesses.Count | Should -Be 0
        $set.Semaphores[2].LastProcessId | Should -BeNullOrEmpty
    }

    It 'shows each semaphore of a set, and who waits on it' {
        $set = Get-IpcSemaphore -Id $waited
        $set.SemaphoreCount | Should -Be 2
        $set.Semaphores.Index | Should -Be 0, 1
        $set.Semaphores.WaitingForIncrease | Should -Be 0, 1
        $set.WaitingCount | Should -Be 1
        $set.WaitingProcesses.Id | Should -Be $waiter.Id
        "$($set.WaitingProcesses)" | Should -Be "$($waiter.Id) perl"
        (Get-Process -Id $set.WaitingProcesses.Id).Name | Should -Be perl
        $set.Semaphores.SetId | Should -Be $waited, $waited
    }

    It 'names the last process as alive or exited' {
        $alive = (Get-IpcSemaphore -Id $held).LastProcesses[0]
        $alive.Id | Should -Be $holder.Id
        $alive.IsAlive | Should -BeTrue
        "$alive" | Should -Be "$($holder.Id) perl"

        $set = Get-IpcSemaphore -Id $leftover
        $set.LastProcesses[0].IsAlive | Should -BeFalse
        "$($set.LastProcesses)" | Should -Be "$($set.Semaphores[0].LastProcessId) (exited)"
    }

    It 'is a snapshot: a set that is gone keeps what was read' {
        $id = Add-SemaphoreSet -User (Get-FreshUser)
        $set = Get-IpcSemaphore -Id $id
        & ipcrm -s $id
        $set.Id | Should -Be $id
        $set.Semaphores[0].Value | Should -Be 0
    }
}

Describe 'The status of a set' {
    It 'is InUse while a process waits on it' {
        $set = Get-IpcSemaphore -Id $waited
        $set.Status | Should -Be InUse
        $set.StatusReason | Should -BeLike '*1 process waits on it*'
    }

    It 'is InUse while its last operator lives, and names it' {
        $set = Get-IpcSemaphore -Id $held
        $set.Status | Should -Be InUse
        $set.StatusReason | Should -BeLike "*perl ($($holder.Id), $heldUser, since *) lives*"
    }

    It 'is Stale while a process of its owner lives, and names it' {
        $set = Get-IpcSemaphore -Id $watched
        $set.Status | Should -Be Stale
        $set.StatusReason | Should -BeLike "*perl ($($watcher.Id), $watchedUser, *"
    }

    It 'is Stale when everybody may open it and the code of somebody makes such calls' {
        $set = Get-IpcSemaphore -Id $open
        $set.Status | Should -Be Stale
        $set.StatusReason | Should -BeLike '*perl (*its mode 0666 lets every user open it, it has code that makes such calls*'
    }

    It 'is Stale when root owns it' {
        $set = Get-IpcSemaphore -Id $roots
        $set.Status | Should -Be Stale
        $set.StatusReason | Should -BeLike "Stale: it is root's*"
    }

    It 'is Stale for ten seconds after it was made' {
        # One made here and now: the file's own may be older by the time this runs.
        $set = Get-IpcSemaphore -Id (Add-SemaphoreSet -User (Get-FreshUser) -Key 0)
        $set.Status | Should -Be Stale
        $set.StatusReason | Should -BeLike '*less than 10 seconds ago*'
    }

    It 'is Orphaned when nobody is left who could use it' {
        Assert-OrphanedVisible
        $set = Get-IpcSemaphore -Id $leftover
        $set.Status | Should -Be Orphaned
        $set.StatusReason | Should -BeLike "*last operator $($set.LastProcesses[0].Id) has exited*no process runs as $leftoverUser*"
    }

    It 'is Stale for a day when it has a key, as its program may run again' {
        Assert-OrphanedVisible
        $set = Get-IpcSemaphore -Id $keyed
        $set.Status | Should -Be Stale
        $set.StatusReason | Should -BeLike 'Stale: it was last changed * ago, and a later run of its program could open it by its key.*'
    }
}

Describe 'The filters of Get-IpcSemaphore' {
    It '-Id takes several, by position, and returns each once' {
        (Get-IpcSemaphore $held, $leftover, $held).Id | Should -Be ($leftover, $held | Sort-Object)
    }

    It '-Key takes <Text>' -ForEach @(
        @{ Text = '0x text'; Value = '0x00C0FFEE' }
        @{ Text = '0x text with more zeros'; Value = '0x0000000000c0ffee' }
        @{ Text = 'decimal text'; Value = '12648430' }
        @{ Text = 'a number'; Value = 12648430 }
        @{ Text = 'a hex literal'; Value = 0xc0ffee }
    ) {
        (Get-IpcSemaphore -Key $Value).Id | Should -Be $keyed
    }

    It '-Key takes the highest key as <Text>' -ForEach @(
        @{ Text = 'a literal, which PowerShell reads as -1'; Value = 0xffffffff }
        @{ Text = 'a long'; Value = 4294967295L }
        @{ Text = 'a decimal'; Value = 4294967295d }
        @{ Text = 'a uint'; Value = [uint32]::MaxValue }
        @{ Text = 'text'; Value = '0xffffffff' }
    ) {
        (Get-IpcSemaphore -Key $Value).Id | Should -Be $highKeyed
    }

    It '-Owner takes a name, a wildcard and a number' {
        (Get-IpcSemaphore -Owner root).Id | Should -Be $roots
        (Get-IpcSemaphore -Owner ro?t).Id | Should -Be $roots
        (Get-IpcSemaphore -Owner 0).Id | Should -Be $roots
        (Get-IpcSemaphore -Owner $leftoverUser).Id | Should -Be $leftover
        (Get-IpcSemaphore -Owner $leftoverUser, $heldUser).Id | Should -Be ($leftover, $held | Sort-Object)
    }

    It '-Owner knows root from Root' {
        (Invoke-Collecting { Get-IpcSemaphore -Owner Root }).ErrorId | Should -Be IpcUnknownUser
    }

    It '-Status takes several, in any case' {
        $sets = Get-IpcSemaphore -Status inuse, Stale
        $sets.Status | Sort-Object -Unique | Should -Be InUse, Stale
        $sets.Id | Should -Contain $held
        $sets.Id | Should -Contain $open
        (Get-IpcSemaphore -Status InUse).Id | Should -Be ($waited, $held | Sort-Object)
    }

    It '-Status Orphaned finds the leftovers and nothing else' {
        Assert-OrphanedVisible
        (Get-IpcSemaphore -Status Orphaned).Id | Should -Be $leftover
    }

    It 'narrow each other' {
        (Get-IpcSemaphore -Owner $keyedUser -Key 0xc0ffee).Id | Should -Be $keyed
        Get-IpcSemaphore -Owner $keyedUser -Status InUse | Should -BeNullOrEmpty
        Get-IpcSemaphore -Id $held -Owner $keyedUser | Should -BeNullOrEmpty
    }
}

Describe 'What Get-IpcSemaphore does not find' {
    It 'is one error for each id, and the others still come out' {
        $answer = Invoke-Collecting { Get-IpcSemaphore -Id 2147483647, $held, 2147483646 }
        $answer.Output.Id | Should -Be $held
        $answer.ErrorId | Should -Be IpcNotFound, IpcNotFound
        $answer.Error.TargetObject | Should -Be 2147483646, 2147483647
        $answer.Error[0].CategoryInfo.Category | Should -Be ObjectNotFound
        $answer.Error[0].FullyQualifiedErrorId | Should -Be 'IpcNotFound,PSSysVIpc.Commands.GetIpcSemaphoreCommand'
        $answer.Terminated | Should -BeFalse
    }

    It 'is an error for a key' {
        $answer = Invoke-Collecting { Get-IpcSemaphore -Key 0xdead, 0xc0ffee }
        $answer.Output.Id | Should -Be $keyed
        $answer.ErrorId | Should -Be IpcNotFound
        $answer.Error[0].Exception.Message | Should -BeLike '*0x0000dead*'
    }

    It 'is an error for an owner that is no account: a typo must not look like "all clean"' {
        $answer = Invoke-Collecting { Get-IpcSemaphore -Owner www-dta, root }
        $answer.Output.Id | Should -Be $roots
        $answer.ErrorId | Should -Be IpcUnknownUser
        $answer.Error[0].CategoryInfo.Category | Should -Be ObjectNotFound
        $answer.Error[0].Exception.Message | Should -BeLike "*'www-dta'*"
    }

    It 'is no error for an account that owns nothing, or a wildcard' {
        $answer = Invoke-Collecting { Get-IpcSemaphore -Owner nobody, no-such-* }
        $answer.Output | Should -BeNullOrEmpty
        $answer.Error | Should -BeNullOrEmpty
    }

    It 'can be told from the rest by -ErrorAction' {
        { Get-IpcSemaphore -Id 2147483647 -ErrorAction Stop } | Should -Throw -ErrorId 'IpcNotFound,*'
        Get-IpcSemaphore -Id 2147483647 -ErrorAction Ignore | Should -BeNullOrEmpty
    }
}
