BeforeAll {
    Import-Module $PSScriptRoot/Sandbox.psm1
    function Get-KernelField { (Get-Content /proc/sys/kernel/sem) -split '\s+' }
    # Never the machine's own: -Persist is tried with a folder of settings that only this child has.
    function Invoke-Apart {
        param([string] $Script)
        $text = "Import-Module '$(Get-ModuleManifestPath)'; $Script"
        & unshare --mount --ipc sh -c 'mount -t tmpfs tmpfs /etc/sysctl.d && exec "$1" -NoProfile -NonInteractive -Command "$0"' $text (Join-Path $PSHOME pwsh) 2>&1
    }
}

AfterAll { Clear-Sandbox }

Describe 'Set-IpcLimit' {
    BeforeEach { [IO.File]::WriteAllText('/proc/sys/kernel/sem', '301 256001 33 302') }

    It 'sets one field and leaves the others' {
        Set-IpcLimit SEMMNI 4000
        Get-KernelField | Should -Be 301, 256001, 33, 4000
    }

    It 'takes a CSV file, and what Get-IpcLimit exported' {
        Set-Content TestDrive:/limits.csv 'Name,Value', 'SEMMNI,4000', 'SEMMSL,500'
        Import-Csv TestDrive:/limits.csv | Set-IpcLimit
        Get-KernelField | Should -Be 500, 256001, 33, 4000
        Get-IpcLimit | Export-Csv TestDrive:/all.csv
        Set-IpcLimit SEMMNI 5000
        Import-Csv TestDrive:/all.csv | Set-IpcLimit -WarningAction SilentlyContinue
        Get-KernelField | Should -Be 500, 256001, 33, 4000
    }

    It 'refuses <Value> and leaves all fields' -ForEach @(
        @{ Value = 99999999; Id = 'LimitOutOfRange' }, @{ Value = 0; Id = 'LimitOutOfRange' }, @{ Value = -1; Id = 'LimitOutOfRange' }
        @{ Value = '8GB'; Id = 'IpcBadInput' }, @{ Value = ''; Id = 'IpcBadInput' }, @{ Value = 1.5; Id = 'IpcBadInput' }, @{ Value = $true; Id = 'IpcBadInput' }
    ) {
        $answer = Invoke-Collecting { [pscustomobject]@{ Name = 'SEMMSL'; Value = 400 }, [pscustomobject]@{ Name = 'SEMMNI'; Value = $Value } | Set-IpcLimit }
        $answer.Error[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
        $answer.Error[1].FullyQualifiedErrorId | Should -BeLike 'LimitNotApplied,*'
        Get-KernelField | Should -Be 301, 256001, 33, 302
    }

    It 'returns with -PassThru what was named, as it is now' {
        $limits = [pscustomobject]@{ Name = 'SEMMNI'; Value = 4000 }, [pscustomobject]@{ Name = 'SEMOPM'; Value = 33 } | Set-IpcLimit -PassThru
        $limits.ForEach{ "$($_.Name) $($_.Value)" } | Sort-Object | Should -Be 'SEMMNI 4000', 'SEMOPM 33'
        Set-IpcLimit SEMMNI 4001 | Should -BeNullOrEmpty
    }

    It 'sets nothing with -WhatIf, and says what it would' {
        Invoke-ChildShell 'Set-IpcLimit SEMMNI 4000 -PassThru -WhatIf' | Should -BeLike 'What if: Setting SEMMNI (semaphore sets) from 302 to 4000*'
        Get-KernelField | Should -Be 301, 256001, 33, 302
    }

    It 'asks with -Confirm, with the old and the new value, and takes no for no' {
        (Invoke-ChildShell 'Set-IpcLimit SEMMNI 4000 -Confirm' -Answer n) -replace '\s+', ' ' | Should -BeLike '*Set SEMMNI (semaphore sets) from 302 to 4000?*'
        Get-KernelField | Should -Be 301, 256001, 33, 302
        { Set-IpcLimit SEMMNI 4000 -Force -Confirm } | Should -Throw -ErrorId 'InvalidOperation,*'
        Get-KernelField | Should -Be 301, 256001, 33, 302
        $null = Invoke-ChildShell 'Set-IpcLimit SEMMNI 4000 -Confirm' -Answer y
        Get-KernelField | Should -Be 301, 256001, 33, 4000
    }

    It 'warns of a lower value, and sets it' {
        $answer = Invoke-Collecting { Set-IpcLimit SEMMNI 128 }
        $answer.Warning | Should -BeLike 'SEMMNI is to become lower: 128, where it is 302 now.*128 of old guides*'
        (Invoke-Collecting { Set-IpcLimit SEMMNI 302 }).Warning | Should -BeNullOrEmpty
        Get-KernelField | Should -Be 301, 256001, 33, 302
    }

    It 'calls what is no limit unlimited, as Get-IpcLimit does' {
        $answer = Invoke-Collecting { Set-IpcLimit SHMMAX 8589934592 -WhatIf; Set-IpcLimit SHMMAX unlimited -Verbose 4>&1 }
        $answer.Warning | Should -BeLike 'SHMMAX is to become lower: 8589934592, where it is unlimited now.'
        "$($answer.Output)" | Should -Be 'SHMMAX is unlimited already.'
    }

    It 'sets 0 and less than is in use with -Force only' {
        1..3 | ForEach-Object { $null = Add-SemaphoreSet -User (Get-FreshUser) }
        (Invoke-Collecting { Set-IpcLimit SEMMNI 2 }).ErrorId | Should -Be LimitBelowUse
        (Invoke-Collecting { Set-IpcLimit SEMOPM 0 }).ErrorId | Should -Be LimitOutOfRange
        Get-KernelField | Should -Be 301, 256001, 33, 302
        Set-IpcLimit SEMMNI 2 -Force -WarningAction SilentlyContinue
        Set-IpcLimit SEMOPM 0 -Force -WarningAction SilentlyContinue
        Get-KernelField | Should -Be 301, 256001, 0, 2
        @(Get-IpcSemaphore).Length | Should -BeGreaterOrEqual 3
    }

    It 'refuses <What>' -ForEach @(
        @{ What = 'a record of something else'; Limits = Get-Process -Id $PID | Select-Object Name, Id; Id = 'IpcBadInput' }
        @{ What = 'a file'; Limits = Get-Item /tmp; Id = 'IpcBadInput' }
        @{ What = 'a limit that there is not'; Limits = @{ Name = 'SEMMIN'; Value = 5 }; Id = 'IpcNotFound' }
        @{ What = 'two values for one limit'; Limits = @{ Name = 'SEMMNI'; Value = 5 }, @{ Name = 'SEMMNI'; Value = 6 }; Id = 'IpcBadInput' }
    ) {
        (Invoke-Collecting { $Limits | ForEach-Object { [pscustomobject]$_ } | Set-IpcLimit }).ErrorId | Should -Contain $Id
        Get-KernelField | Should -Be 301, 256001, 33, 302
    }

    It 'is refused to a plain user by the kernel' {
        $user = Get-FreshUser
        $copy = "$TestDrive/module"
        Copy-Item (Split-Path (Get-ModuleManifestPath)) $copy -Recurse
        & chmod -R a+rX $TestDrive
        Invoke-ChildShell 'try { Set-IpcLimit SEMMNI 4000 -ErrorAction Stop } catch { $_.FullyQualifiedErrorId }' -Manifest "$copy/PSSysVIpc.psd1" `
            -Prefix setpriv, --reuid, $user, --regid, $user, --clear-groups, env, "HOME=$TestDrive" | Should -BeLike 'IpcAccessDenied,*'
        Get-KernelField | Should -Be 301, 256001, 33, 302
    }

    It 'says which other file will win at the next boot' {
        $seen = Invoke-Apart "Set-Content /etc/sysctl.d/99-x.conf 'kernel.msgmni = 77'; Set-IpcLimit MSGMNI 30000 -Persist -WarningAction SilentlyContinue -WarningVariable warnings; `"`$warnings`""
        $seen | Should -BeLike '*The next boot will set MSGMNI to 77, not to 30000: /etc/sysctl.d/99-x.conf:1 comes after*'
    }

    It 'is told in the list of a limit why the line of a guide does not count' {
        $seen = Invoke-Apart "Set-Content /etc/sysctl.d/99-x.conf 'kernel.msgmni = `"77`"'; Get-IpcLimit MSGMNI | Format-List | Out-String -Width 200"
        $seen -join ' ' | Should -BeLike "*PersistedIn *: /etc/sysctl.d/99-x.conf:1 *PersistedProblem : The line doesn't set MSGMNI: the kernel takes no number for MSGMNI from '`"77`"'. The next boot makes it*"
    }

    It 'never asks for a missing value' {
        { Set-IpcLimit SEMMNI } | Should -Throw -ErrorId 'IpcBadInput,*'
    }

    It 'persists the runbook, and takes it back' {
        $seen = Invoke-Apart @'
            Set-Content /tmp/limits-$PID.csv 'Name,Value', 'SEMMNI,4000', 'MSGMNI,30000'
            Import-Csv /tmp/limits-$PID.csv | Set-IpcLimit -Persist -WarningAction SilentlyContinue
            Remove-Item /tmp/limits-$PID.csv
            (Get-IpcLimit SEMMNI).PersistedIn -replace ':.*'
            Get-Content /etc/sysctl.d/60-pssysvipc.conf | Select-String '^kernel' | ForEach-Object Line
            Remove-IpcLimitPersistence
            Test-Path /etc/sysctl.d/60-pssysvipc.conf
'@
        $seen | Should -Be '/etc/sysctl.d/60-pssysvipc.conf', 'kernel.sem = 32000 1024000000 500 4000', 'kernel.msgmni = 30000', 'False'
    }
}
