BeforeAll {
    Import-Module $PSScriptRoot/Sandbox.psm1
    # Never the machine's own /etc: each runs in a child with a folder of settings, and limits, that only it has.
    function Invoke-Apart {
        param([string] $Script)
        $text = "Import-Module '$(Get-ModuleManifestPath)'; Set-IpcLimit SEMMNI 32768 -Persist 3>`$null; Set-IpcLimit MSGMNI 32000 -Persist 3>`$null; $Script"
        & unshare --mount --ipc sh -c 'mount -t tmpfs tmpfs /etc/sysctl.d && exec "$1" -NoProfile -NonInteractive -Command "$0"' $text (Join-Path $PSHOME pwsh) 2>&1
    }
}

Describe 'Remove-IpcLimitPersistence' {
    It 'takes out the whole sysctl, names what goes with it, and leaves what runs' {
        $seen = Invoke-Apart 'Remove-IpcLimitPersistence SEMMNI; Get-Content /etc/sysctl.d/60-pssysvipc.conf | Select-String ^kernel | ForEach-Object Line; (Get-IpcLimit SEMMNI).Value'
        $seen[0] | Should -BeLike '*SEMMSL, SEMMNS, SEMOPM will go with SEMMNI: kernel.sem is one setting.*'
        $seen[1..2] | Should -Be 'kernel.msgmni = 32000', '32768'
    }

    It 'takes out all without a name, and the file with it' {
        Invoke-Apart 'Remove-IpcLimitPersistence; Test-Path /etc/sysctl.d/60-pssysvipc.conf' | Should -Be False
    }

    It 'takes out nothing with -WhatIf, and says what it would' {
        $seen = Invoke-Apart 'Remove-IpcLimitPersistence MSGMNI -WhatIf; (Get-IpcLimit MSGMNI).PersistedValue'
        $seen[0] | Should -BeLike 'What if: Removing kernel.msgmni (MSGMNI) from /etc/sysctl.d/60-pssysvipc.conf*'
        $seen[-1] | Should -Be 32000
    }

    It 'says of a limit that was not persisted that it was not' {
        Invoke-Apart 'try { Remove-IpcLimitPersistence SHMMNI -ErrorAction Stop } catch { $_.FullyQualifiedErrorId }' |
            Should -BeLike 'IpcNotFound,*'
    }

    It 'takes out nothing where the pipeline named nothing' {
        Invoke-Apart '@() | Remove-IpcLimitPersistence; Get-IpcLimit | Where-Object Name -EQ none | Remove-IpcLimitPersistence; (Get-IpcLimit MSGMNI).PersistedValue' |
            Should -Be 32000
    }

    It 'asks with -Confirm: where nobody can answer, nothing is taken out' {
        Invoke-Apart 'try { Remove-IpcLimitPersistence -Confirm } catch { $_.FullyQualifiedErrorId }; (Get-IpcLimit MSGMNI).PersistedValue' |
            Should -Be 'InvalidOperation,PSSysVIpc.Commands.RemoveIpcLimitPersistenceCommand', 32000
    }

    It 'takes names with wildcards' {
        Invoke-Apart 'Remove-IpcLimitPersistence msg*; Get-Content /etc/sysctl.d/60-pssysvipc.conf | Select-String ^kernel | ForEach-Object Line' |
            Should -Be 'kernel.sem = 32000 1024000000 500 32768'
    }

    It 'takes the runbook back from the pipeline' {
        Invoke-Apart 'Get-IpcLimit SEM*, MSGMNI | Remove-IpcLimitPersistence 3>$null; Test-Path /etc/sysctl.d/60-pssysvipc.conf' | Should -Be False
    }
}
