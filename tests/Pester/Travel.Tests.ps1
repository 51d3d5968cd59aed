BeforeAll {
    Import-Module $PSScriptRoot/Sandbox.psm1
    # First of all, so that it gets this id: what a blank would be converted to.
    $script:zero = Add-SemaphoreSet -User (Get-FreshUser) -Mode 0666 -Id 0
    $script:user = Get-FreshUser
    $script:leftovers = [Collections.Generic.Queue[int]]::new()
    1..20 | ForEach-Object { $leftovers.Enqueue((Add-Leftover -User $user)) }
    $script:stale = Add-StaleSet
    Wait-RecentUse
}

AfterAll { Clear-Sandbox }

Describe 'Sets that travelled as <Way>' -ForEach @(
    @{ Way = 'Clixml' }
    @{ Way = 'JSON' }
    @{ Way = 'CSV' }
    @{ Way = 'CSV with types' }
    @{ Way = 'Select-Object' }
    @{ Way = 'Select-Object and CSV' }
    @{ Way = 'Select-Object and Clixml' }
) {
    It 'are removed when piped to Remove-IpcSemaphore' {
        Assert-OrphanedVisible
        $ids = $leftovers.Dequeue(), $leftovers.Dequeue()
        Get-IpcSemaphore -Id $ids | ConvertTo-Record -Folder $TestDrive -Way $Way | Remove-IpcSemaphore
        Get-KernelId | Where-Object { $_ -in $ids } | Should -BeNullOrEmpty
    }

    It 'are refused when the id went to another set, also with -Force' {
        $id = Add-SemaphoreSet -User (Get-FreshUser) -Key 0
        $records = Get-IpcSemaphore -Id $id | ConvertTo-Record -Folder $TestDrive -Way $Way
        & ipcrm -s $id
        $null = Add-SemaphoreSet -User (Get-FreshUser) -Id $id
        $answer = Invoke-Collecting { $records | Remove-IpcSemaphore -Force }
        $answer.ErrorId | Should -Be IpcChanged
        $answer.Error[0].CategoryInfo.Category | Should -Be InvalidOperation
        Get-KernelId | Should -Contain $id
    }
}

Describe 'Sets that were used since they travelled as <Way>' -ForEach @(
    @{ Way = 'Clixml' }
    @{ Way = 'JSON' }
    @{ Way = 'CSV' }
    @{ Way = 'Select-Object and CSV' }
) {
    It 'are refused, also with -Force' {
        $user = Get-FreshUser
        $id = Add-SemaphoreSet -User $user
        $record = Get-IpcSemaphore -Id $id | ConvertTo-Record -Folder $TestDrive -Way $Way
        Invoke-SemaphoreOperation -Id $id -User $user
        $answer = Invoke-Collecting { $record | Remove-IpcSemaphore -Force }
        $answer.ErrorId | Should -Be IpcChanged
        $answer.Error[0].Exception.Message | Should -BeLike '*LastOperationTime was never and is*'
        Get-KernelId | Should -Contain $id
    }
}

Describe 'Sets of another boot or machine, as <Way>' -ForEach @(
    @{ Way = 'Clixml' }
    @{ Way = 'JSON' }
    @{ Way = 'CSV' }
) {
    It 'are refused, also with -Force' {
        $record = Get-IpcSemaphore -Id $stale | ConvertTo-Record -Folder $TestDrive -Way $Way
        $record.BootId = [guid]::NewGuid()
        $answer = Invoke-Collecting { $record | Remove-IpcSemaphore -Force }
        $answer.ErrorId | Should -Be IpcChanged
        $answer.Error[0].Exception.Message | Should -BeLike '*it comes from another machine, or from before the last boot: its BootId was *'
        Get-KernelId | Should -Contain $stale
    }
}

Describe 'Records of sets' {
    It 'from a file of another session without a BootId are refused, also with -Force' {
        Get-IpcSemaphore -Id $stale | Select-Object -Property * -ExcludeProperty BootId | Export-Clixml "$TestDrive/sets"
        $answer = Invoke-Collecting { Import-Clixml "$TestDrive/sets" | Remove-IpcSemaphore -Force }
        $answer.ErrorId | Should -Be IpcChanged
        Get-KernelId | Should -Contain $stale
    }

    It 'of another IPC namespace are refused, also with -Force' {
        $file = "$TestDrive/sets"
        # A set of the same id, in a namespace of its own.
        $null = Invoke-ChildShell -Prefix unshare, --ipc -Script (
            "[IO.File]::WriteAllText('/proc/sys/kernel/sem_next_id', '$stale'); ipcmk --semaphore 1; Get-IpcSemaphore | Export-Clixml '$file'")
        $record = Import-Clixml $file
        $record.Id | Should -Be $stale
        $answer = Invoke-Collecting { $record | Remove-IpcSemaphore -Force }
        $answer.ErrorId | Should -Be IpcChanged
        $answer.Error[0].Exception.Message | Should -BeLike '*it comes from another IPC namespace: its NamespaceId was *'
        Get-KernelId | Should -Contain $stale
    }

    It 'may be a CSV file with nothing but ids' {
        Assert-OrphanedVisible
        $ids = $leftovers.Dequeue(), $leftovers.Dequeue()
        Set-Content "$TestDrive/ids.csv" (@('Id') + $ids)
        Import-Csv "$TestDrive/ids.csv" | Remove-IpcSemaphore
        Get-KernelId | Where-Object { $_ -in $ids } | Should -BeNullOrEmpty
    }

    It 'with a blank or missing Id are refused, and set 0 survives' {
        Set-Content "$TestDrive/ids.csv" 'Id,Owner', ',root', '" ",root', 'abc,root', '-1,root', '1.5,root'
        $answer = Invoke-Collecting { Import-Csv "$TestDrive/ids.csv" | Remove-IpcSemaphore -Force }
        $answer.ErrorId | Should -Be (@('IpcBadInput') * 5)
        (Invoke-Collecting { [pscustomobject]@{ Owner = 'root' } | Remove-IpcSemaphore -Force }).ErrorId | Should -Be IpcBadInput
        Get-KernelId | Should -Contain $zero
    }

    It 'from a background job can be filtered and removed' {
        Assert-OrphanedVisible
        $id = $leftovers.Dequeue()
        $manifest = Get-ModuleManifestPath
        $sets = Start-Job { Import-Module $using:manifest; Get-IpcSemaphore -Id $using:id } | Receive-Job -Wait -AutoRemoveJob
        $sets.PSObject.TypeNames[0] | Should -Be Deserialized.PSSysVIpc.IpcSemaphoreSet
        $sets | Where-Object Status -EQ Orphaned | Remove-IpcSemaphore
        Get-KernelId | Should -Not -Contain $id
    }
}

Describe 'What travels' {
    It 'keeps its status a word, through <Way>' -ForEach @(
        @{ Way = 'Clixml' }
        @{ Way = 'JSON' }
        @{ Way = 'CSV' }
    ) {
        Assert-OrphanedVisible
        $records = Get-IpcSemaphore -Id $leftovers.Peek(), $stale | ConvertTo-Record -Folder $TestDrive -Way $Way
        ($records | Where-Object Status -EQ Orphaned).Id | Should -Be $leftovers.Peek()
        ($records | Where-Object Status -EQ Stale).Id | Should -Be $stale
    }

    It 'keeps numbers numbers and times times, through <Way>' -ForEach @(
        @{ Way = 'Clixml' }
        @{ Way = 'JSON' }
    ) {
        $set = Get-IpcSemaphore -Id $leftovers.Peek()
        $record = $set | ConvertTo-Record -Folder $TestDrive -Way $Way
        $record.Id | Should -BeOfType [ValueType]
        $record.OwnerId | Should -Be $user
        $record.NamespaceId | Should -Be $set.NamespaceId
        $record.LastOperationTime | Should -Be $set.LastOperationTime
        $record.LastOperationTime | Should -BeOfType [datetime]
        $record.Semaphores[0].LastProcessId | Should -Be $set.Semaphores[0].LastProcessId
        $record.LastProcesses[0].IsAlive | Should -BeFalse
    }

    It 'keeps the processes and semaphores readable in CSV' {
        $set = Get-IpcSemaphore -Id $leftovers.Peek()
        $record = $set | ConvertTo-Record -Folder $TestDrive -Way CSV
        $record.LastProcesses | Should -Be "$($set.Semaphores[0].LastProcessId) (exited)"
        $record.Semaphores | Should -Be "0: value 1, last process $($set.Semaphores[0].LastProcessId)"
    }
}
