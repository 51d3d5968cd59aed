BeforeAll {
    Import-Module $PSScriptRoot/Sandbox.psm1
    function Get-KernelField { (Get-Content /proc/sys/kernel/sem) -split '\s+' }
    # Never the machine's own: -Persist is tried with a folder of settings that only this child has.
    function Invoke-Apart {
        param([string] $Script)
        $text = "Import-Module '$(Get-ModuleManifestPath)'; $Script"
        & unshare --mount --ipc sh -c 'mount -t tmpfs tmpfs /etc/sysctl.d && exec pwsh -NoProfile -NonInteractive -Command "$0"' $text 2>&1
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
