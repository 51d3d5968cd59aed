BeforeAll {
    Import-Module $PSScriptRoot/Sandbox.psm1
    # All made at once, so that one wait makes them all Orphaned; each test takes what it needs.
    $script:leftoverUser = Get-FreshUser
    $script:leftovers = [Collections.Generic.Queue[int]]::new()
    1..40 | ForEach-Object { $leftovers.Enqueue((Add-Leftover -User $leftoverUser)) }

    $script:pairUser = Get-FreshUser
    $script:pair = 1..2 | ForEach-Object { Add-Leftover -User $pairUser }
    $script:returningUser = Get-FreshUser
    $script:returning = Add-Leftover -User $returningUser
    $script:keyed = Add-SemaphoreSet -User (Get-FreshUser) -Key 0x00c0ffee
    $script:highKeyed = Add-SemaphoreSet -User (Get-FreshUser) -Key 4294967294
    Wait-RecentUse
}

AfterAll { Clear-Sandbox }

Describe 'Remove-IpcSemaphore removes' {
    BeforeEach { Assert-OrphanedVisible }

    It 'what is Orphaned, without a question or a word' {
        $id = $leftovers.Dequeue()
        $answer = Invoke-Collecting { Get-IpcSemaphore -Id $id | Remove-IpcSemaphore }
        $answer.Output | Should -BeNullOrEmpty
        $answer.Error | Should -BeNullOrEmpty
        Get-KernelId | Should -Not -Contain $id
    }

    It 'all leftovers of one owner, and nothing else' {
        $before = Get-KernelId
        Get-IpcSemaphore -Owner $pairUser | Remove-IpcSemaphore
        Get-KernelId | Sort-Object | Should -Be ($before | Where-Object { $_ -notin $pair } | Sort-Object)
    }

    It 'ids by position' {
        $ids = $leftovers.Dequeue(), $leftovers.Dequeue()
        Remove-IpcSemaphore $ids[0], "$($ids[1])"
        Get-KernelId | Where-Object { $_ -in $ids } | Should -BeNullOrEmpty
    }

    It 'ids from the pipeline, as numbers or text' {
        $ids = $leftovers.Dequeue(), $leftovers.Dequeue()
        $ids[0], "$($ids[1])" | Remove-IpcSemaphore
        Get-KernelId | Where-Object { $_ -in $ids } | Should -BeNullOrEmpty
    }

    It 'objects given as an argument' {
        $ids = $leftovers.Dequeue(), $leftovers.Dequeue()
        Remove-IpcSemaphore -InputObject (Get-IpcSemaphore -Id $ids)
        Get-KernelId | Where-Object { $_ -in $ids } | Should -BeNullOrEmpty
    }

    It 'keys, also one beyond 2147483647' {
        Remove-IpcSemaphore -Key 0xc0ffee, '0xfffffffe' -AllowStale
        Get-KernelId | Where-Object { $_ -in $keyed, $highKeyed } | Should -BeNullOrEmpty
    }
}

Describe 'Remove-IpcSemaphore and a set that is, or may be, in use' {
    It 'refuses Stale with <Text>, and says why' -ForEach @(
        @{ Text = 'no switch'; Switches = @{} }
        @{ Text = '-Confirm:$false'; Switches = @{ Confirm = $false } }
        @{ Text = '-WhatIf'; Switches = @{ WhatIf = $true } }
    ) {
        $id = Add-StaleSet
        $answer = Invoke-Collecting { Remove-IpcSemaphore -Id $id @Switches }
        $answer.ErrorId | Should -Be IpcMayBeInUse
        $answer.Error[0].CategoryInfo.Category | Should -Be ResourceBusy
        $answer.Error[0].TargetObject.Id | Should -Be $id
        $answer.Error[0].Exception.Message | Should -BeLike '*a later run of its program could open it by its key. Find out whether its program will run again, or use -AllowStale.'
        $answer.Terminated | Should -BeFalse
        Get-KernelId | Should -Contain $id
    }

    It 'refuses InUse with <Text>, and says why' -ForEach @(
        @{ Text = 'no switch'; Switches = @{} }
        @{ Text = '-AllowStale'; Switches = @{ AllowStale = $true } }
        @{ Text = '-Confirm:$false'; Switches = @{ Confirm = $false } }
        @{ Text = '-WhatIf'; Switches = @{ WhatIf = $true } }
    ) {
        $id = Add-UsedSet
        $answer = Invoke-Collecting { Remove-IpcSemaphore -Id $id @Switches }
        $answer.ErrorId | Should -Be IpcInUse
        $answer.Error[0].FullyQualifiedErrorId | Should -Be 'IpcInUse,PSSysVIpc.Commands.RemoveIpcSemaphoreCommand'
        $answer.Error[0].CategoryInfo.Category | Should -Be ResourceBusy
        $answer.Error[0].Exception.Message | Should -BeLike '*1 process waits on it*-Force*'
        Get-KernelId | Should -Contain $id
    }

    It 'removes Stale with <Text>' -ForEach @(
        @{ Text = '-AllowStale'; Switches = @{ AllowStale = $true } }
        @{ Text = '-Force'; Switches = @{ Force = $true } }
    ) {
        $id = Add-StaleSet
        Remove-IpcSemaphore -Id $id @Switches
        Get-KernelId | Should -Not -Contain $id
    }

    It 'removes InUse with -Force, and who waited is woken' {
        $user = Get-FreshUser
        $id = Add-SemaphoreSet -User $user
        $waiter = Add-SemaphoreUser -Task Wait -Id $id -User $user
        Remove-IpcSemaphore -Id $id -Force
        Get-KernelId | Should -Not -Contain $id
        $waiter.WaitForExit(5000) | Should -BeTrue
    }
}

Describe 'A set that is not, or no longer, what was read' {
    It 'is left alone when it was used since, also with -Force' {
        $user = Get-FreshUser
        $set = Get-IpcSemaphore -Id (Add-SemaphoreSet -User $user)
        Invoke-SemaphoreOperation -Id $set.Id -User $user
        $answer = Invoke-Collecting { $set | Remove-IpcSemaphore -Force }
        $answer.ErrorId | Should -Be IpcChanged
        $answer.Error[0].CategoryInfo.Category | Should -Be InvalidOperation
        Get-KernelId | Should -Contain $set.Id
    }

    It 'is left alone when its id went to another set, also with -Force' {
        $old = Get-IpcSemaphore -Id (Add-SemaphoreSet -User (Get-FreshUser))
        & ipcrm -s $old.Id
        $null = Add-SemaphoreSet -User (Get-FreshUser) -Id $old.Id
        $answer = Invoke-Collecting { $old | Remove-IpcSemaphore -Force }
        $answer.ErrorId | Should -Be IpcChanged
        Get-KernelId | Should -Contain $old.Id
    }

    It 'is left alone when it was Orphaned and its owner is back, also with -Force' {
        Assert-OrphanedVisible
        $set = Get-IpcSemaphore -Id $returning
        $process = Add-SemaphoreUser -Task Idle -User $returningUser
        $answer = Invoke-Collecting { $set | Remove-IpcSemaphore -Force }
        $answer.ErrorId | Should -Be IpcChanged
        $answer.Error[0].Exception.Message | Should -BeLike "*was Orphaned, and now it is Stale*($($process.Id), $returningUser,*"
        Get-KernelId | Should -Contain $returning
    }

    It 'is an error when it is gone' {
        $set = Get-IpcSemaphore -Id (Add-StaleSet)
        & ipcrm -s $set.Id
        (Invoke-Collecting { $set | Remove-IpcSemaphore -Force }).ErrorId | Should -Be IpcNotFound
    }
}

Describe 'One bad thing among good ones' {
    BeforeEach { Assert-OrphanedVisible }

    It 'is one error in a pipeline, and the good ones are removed' {
        $ids = $leftovers.Dequeue(), $leftovers.Dequeue()
        $answer = Invoke-Collecting { $ids[0], 'semid', $ids[1] | Remove-IpcSemaphore }
        $answer.ErrorId | Should -Be IpcBadInput
        $answer.Terminated | Should -BeFalse
        Get-KernelId | Where-Object { $_ -in $ids } | Should -BeNullOrEmpty
    }

    It 'is one error when the same set comes twice' {
        $set = Get-IpcSemaphore -Id $leftovers.Dequeue()
        $answer = Invoke-Collecting { $set, $set | Remove-IpcSemaphore }
        $answer.ErrorId | Should -Be IpcNotFound
        Get-KernelId | Should -Not -Contain $set.Id
    }

    It 'is one error for an id that is not there, and the good ones are removed' {
        $ids = $leftovers.Dequeue(), $leftovers.Dequeue()
        $answer = Invoke-Collecting { Remove-IpcSemaphore -Id $ids[0], 2147483647, $ids[1] }
        $answer.ErrorId | Should -Be IpcNotFound
        $answer.Error[0].TargetObject | Should -Be 2147483647
        Get-KernelId | Where-Object { $_ -in $ids } | Should -BeNullOrEmpty
    }

    It 'is one error for a key that is not there' {
        (Invoke-Collecting { Remove-IpcSemaphore -Key 0xdead }).ErrorId | Should -Be IpcNotFound
    }

    It 'refuses the whole of an argument before anything is touched' {
        $id = $leftovers.Dequeue()
        $answer = Invoke-Collecting { Remove-IpcSemaphore -InputObject $id, 'semid' }
        $answer.ErrorId | Should -Be IpcBadInput
        $answer.Terminated | Should -BeTrue
        Get-KernelId | Should -Contain $id
    }

    It 'ends the pipeline with -ErrorAction Stop, and what comes after it stays' {
        $id = $leftovers.Dequeue()
        { 'semid', $id | Remove-IpcSemaphore -ErrorAction Stop } | Should -Throw -ErrorId 'IpcBadInput,*'
        Get-KernelId | Should -Contain $id
    }

    It 'does not exist in an empty pipeline, which removes nothing' {
        $before = Get-KernelId
        $answer = Invoke-Collecting { Get-IpcSemaphore -Owner nobody | Remove-IpcSemaphore -Force }
        $answer.Error | Should -BeNullOrEmpty
        Get-KernelId | Should -Be $before
    }
}

Describe 'Remove-IpcSemaphore -WhatIf' {
    BeforeEach { Assert-OrphanedVisible }

    It 'leaves everything, and shows the same refusals as the real run' {
        $orphan = $leftovers.Dequeue()
        $mixed = $orphan, (Add-StaleSet), (Add-UsedSet), 2147483647, 'semid'
        $before = Get-KernelId
        $tried = Invoke-Collecting { $mixed | Remove-IpcSemaphore -WhatIf }
        Get-KernelId | Should -Be $before

        $done = Invoke-Collecting { $mixed | Remove-IpcSemaphore }
        Get-KernelId | Should -Be ($before | Where-Object { $_ -ne $orphan })
        $done.ErrorId | Should -Be IpcMayBeInUse, IpcInUse, IpcNotFound, IpcBadInput
        $tried.ErrorId | Should -Be $done.ErrorId
    }

    It 'is also what $WhatIfPreference asks for' {
        $id = $leftovers.Dequeue()
        & {
            $WhatIfPreference = $true
            Remove-IpcSemaphore -Id $id
        }
        Get-KernelId | Should -Contain $id
    }

    It 'returns nothing with -PassThru' {
        $id = $leftovers.Dequeue()
        Remove-IpcSemaphore -Id $id -WhatIf -PassThru | Should -BeNullOrEmpty
        Get-KernelId | Should -Contain $id
    }

    It 'does not advise what the call does already: <Switch>' -ForEach @(
        @{ Switch = '-AllowStale'; Id = { Add-StaleSet }; Status = 'Stale' }
        @{ Switch = '-Force'; Id = { Add-StaleSet }; Status = 'Stale' }
        @{ Switch = '-Force'; Id = { Add-UsedSet }; Status = 'InUse' }
    ) {
        $id = & $Id
        $text = (Invoke-ChildShell "Remove-IpcSemaphore -Id $id $Switch -WhatIf") -replace '\s+', ' '
        $text | Should -BeLike "What if: Removing semaphore set $id *. ${Status}: *."
        $text | Should -Not -Match '-Force|-AllowStale|[Ss]top'
    }

    It 'tells id, key, owner, count, status and reason' {
        $text = Invoke-ChildShell "Remove-IpcSemaphore -Id $($leftovers.Peek()) -WhatIf"
        # Broken to the width of the terminal that isn't there.
        $text -replace "`n" | Should -BeLike ("What if: *semaphore set $($leftovers.Peek()) (key 0x00000000, owner $leftoverUser, " +
            "1 semaphore)*Orphaned: nobody waits on it*no process runs as $leftoverUser.")
    }
}

Describe 'Remove-IpcSemaphore and -Confirm' {
    BeforeEach { Assert-OrphanedVisible }

    It 'asks nothing where nobody watches' {
        $id = $leftovers.Dequeue()
        Invoke-ChildShell "Remove-IpcSemaphore -Id $id" | Should -BeNullOrEmpty
        Get-KernelId | Should -Not -Contain $id
    }

    It 'takes -Confirm:$false as a yes' {
        $id = $leftovers.Dequeue()
        & {
            $ConfirmPreference = 'Low'
            Remove-IpcSemaphore -Id $id -Confirm:$false
        }
        Get-KernelId | Should -Not -Contain $id
    }

    It 'is not silenced by -Force: where nobody can answer, nothing is removed' {
        $id = $leftovers.Dequeue()
        { Remove-IpcSemaphore -Id $id -Force -Confirm } | Should -Throw -ErrorId 'InvalidOperation,*' -ExpectedMessage '*NonInteractive*'
        Get-KernelId | Should -Contain $id
    }

    It 'tells all of the facts in its question, and takes no for no' {
        $id = $leftovers.Dequeue()
        $text = Invoke-ChildShell "Remove-IpcSemaphore -Id $id -Confirm" -Answer n
        $text -replace "`n" | Should -BeLike "*semaphore set $id (key 0x00000000, owner $leftoverUser, 1 semaphore)?Orphaned: nobody waits on it*"
        Get-KernelId | Should -Contain $id
    }

    It 'takes yes for yes' {
        $id = $leftovers.Dequeue()
        $null = Invoke-ChildShell "Remove-IpcSemaphore -Id $id -Confirm" -Answer y
        Get-KernelId | Should -Not -Contain $id
    }
}

Describe 'Remove-IpcSemaphore -PassThru' {
    It 'returns the object as it was directly before' {
        Assert-OrphanedVisible
        $id = $leftovers.Dequeue()
        $set = Remove-IpcSemaphore -Id $id -PassThru
        $set.PSObject.TypeNames[0] | Should -Be PSSysVIpc.IpcSemaphoreSet
        $set.Id | Should -Be $id
        $set.Owner | Should -Be "$leftoverUser"
        $set.Status | Should -Be Orphaned
        Get-KernelId | Should -Not -Contain $id
    }

    It 'returns nothing of what was refused' {
        $id = Add-StaleSet
        (Invoke-Collecting { Remove-IpcSemaphore -Id $id -PassThru }).Output | Should -BeNullOrEmpty
    }
}

Describe 'Remove-IpcSemaphore in a runbook' {
    It 'makes pwsh exit with 1 when it refused one, and with 0 for what -Status has chosen' {
        Assert-OrphanedVisible
        $id = $leftovers.Dequeue()
        $stale = Add-SemaphoreSet -User $leftoverUser
        $null = Invoke-ChildShell "Get-IpcSemaphore $id, $stale | Where-Object Status -eq Orphaned | Remove-IpcSemaphore -WhatIf"
        $LASTEXITCODE | Should -Be 0
        $null = Invoke-ChildShell "Get-IpcSemaphore $id, $stale -Status Orphaned | Remove-IpcSemaphore"
        $LASTEXITCODE | Should -Be 0
        Get-KernelId | Should -Not -Contain $id
        Get-KernelId | Should -Contain $stale
        $null = Invoke-ChildShell "Get-IpcSemaphore $stale | Remove-IpcSemaphore"
        $LASTEXITCODE | Should -Be 1
        Get-KernelId | Should -Contain $stale
    }

    It 'ends with one line of totals when it is told to be verbose, whatever became of the sets' {
        Assert-OrphanedVisible
        $orphan = $leftovers.Dequeue()
        $changed = Get-IpcSemaphore (Add-StaleSet)
        Invoke-SemaphoreOperation -Id $changed.Id -User $changed.OwnerId
        $mixed = $orphan, (Add-StaleSet), (Add-StaleSet), (Add-UsedSet), $changed, 2147483647, 'semid'
        $lines = @($mixed | Remove-IpcSemaphore -Verbose -ErrorAction SilentlyContinue 4>&1)
        "$($lines[-1])" | Should -Be 'Semaphore sets: 1 removed, 4 left alone (1 InUse, 2 Stale, 1 changed since they were read), 2 failed.'
        @($lines -like '*left alone*').Count | Should -Be 1

        $orphan = $leftovers.Dequeue()
        $said = $orphan, $mixed[1] | Remove-IpcSemaphore -WhatIf -Verbose -ErrorAction SilentlyContinue 4>&1 | Select-Object -Last 1
        "$said" | Should -Be 'Semaphore sets: 1 would be removed, 1 left alone (1 Stale), 0 failed.'
        $text = Invoke-ChildShell "Remove-IpcSemaphore $orphan -Confirm -Verbose" -Answer n
        $text | Should -BeLike '*Semaphore sets: 0 removed, 1 left alone (1 declined), 0 failed.*'
        $said = Remove-IpcSemaphore $mixed[1] -WhatIf -Verbose -ErrorAction SilentlyContinue 4>&1
        "$said" | Should -Be 'Semaphore sets: 0 would be removed, 1 left alone (1 Stale), 0 failed.'
        $said = Get-IpcSemaphore -Owner nobody | Remove-IpcSemaphore -Verbose 4>&1
        "$said" | Should -Be 'Semaphore sets: 0 removed, 0 left alone, 0 failed.'
    }

    It 'ends so also after 3,000 refusals' {
        # As many keys of a user who could use them again.
        & perl -e 'for (1 .. 3000) { defined semget(0x7e570000 + $_, 1, 01600) or die $! }'
        try {
            $lines = @(Get-IpcSemaphore | Where-Object KeyText -Like 0x7e57* | Remove-IpcSemaphore -Verbose -ErrorAction SilentlyContinue -ErrorVariable refusals 4>&1)
            $refusals.Count | Should -Be 3000
            "$lines" | Should -Be 'Semaphore sets: 0 removed, 3000 left alone (3000 Stale), 0 failed.'
        }
        finally { Get-IpcSemaphore | Where-Object KeyText -Like 0x7e57* | Remove-IpcSemaphore -Force }
    }
}

Describe 'Remove-IpcSemaphore for a plain user' {
    BeforeAll {
        # The repository may lie where only its owner can look.
        $script:copy = New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) "pssysvipc-$(New-Guid)")
        Copy-Item (Split-Path (Get-ModuleManifestPath)) $copy -Recurse
        & chmod -R a+rX $copy
        $script:plainUser = Get-FreshUser

        function Invoke-Plainly ([string] $Script) {
            $prefix = 'setpriv', '--reuid', $plainUser, '--regid', $plainUser, '--clear-groups', 'env', '--chdir=/', "HOME=$copy"
            # Errors as their ids alone: texts would be broken to the width of a terminal.
            Invoke-ChildShell "& { $Script } 2>&1 | ForEach-Object { `$_.FullyQualifiedErrorId ?? `$_ }" -Prefix $prefix -Manifest "$copy/PSSysVIpc/PSSysVIpc.psd1"
        }
    }

    AfterAll { Remove-Item -LiteralPath $copy -Recurse -Force }

    It 'finds Unknown what can not be read' {
        $id = Add-SemaphoreSet -User $plainUser -Mode 0200
        Invoke-Plainly "(Get-IpcSemaphore -Id $id).Status; (Get-IpcSemaphore -Id $id).StatusReason" |
            Should -BeLike "Unknown`n*its mode is 0200 and this is user $plainUser*"
        $readable = Add-SemaphoreSet -User $plainUser
        Invoke-Plainly "`$ids = (Get-IpcSemaphore -Status Unknown).Id; `$ids -contains $id; `$ids -contains $readable" | Should -Be "True`nFalse"
    }

    It 'refuses Unknown unless -Force, and then removes what is the user''s own' {
        $id = Add-SemaphoreSet -User $plainUser -Mode 0200
        Invoke-Plainly "Remove-IpcSemaphore -Id $id; Remove-IpcSemaphore -Id $id -AllowStale" | Should -BeLike 'IpcMayBeInUse,*IpcMayBeInUse,*'
        Get-KernelId | Should -Contain $id
        Invoke-Plainly "Remove-IpcSemaphore -Id $id -Force" | Should -BeNullOrEmpty
        Get-KernelId | Should -Not -Contain $id
    }

    It 'leaves it to the kernel to refuse a stranger''s of mode <_>, and -WhatIf promises nothing else' -ForEach '0600', '0666' {
        $id = Add-SemaphoreSet -User (Get-FreshUser) -Mode $_
        Invoke-Plainly "Remove-IpcSemaphore -Id $id -Force -WhatIf; Remove-IpcSemaphore -Id $id -Force" |
            Should -BeLike 'IpcAccessDenied,*IpcAccessDenied,*'
        Get-KernelId | Should -Contain $id
    }
}
