BeforeAll {
    Import-Module $PSScriptRoot/Sandbox.psm1
    $script:all = 'SEMMSL', 'SEMMNS', 'SEMOPM', 'SEMMNI', 'SEMVMX', 'SHMMAX', 'SHMALL', 'SHMMNI', 'SHMMIN', 'MSGMAX', 'MSGMNB', 'MSGMNI'
    $script:culture = [cultureinfo]::CurrentCulture
    $script:kernelSem = [IO.File]::ReadAllText('/proc/sys/kernel/sem')

    # They are of this namespace alone.
    function Write-KernelLimit ([string] $Sysctl, [string] $Value) { [IO.File]::WriteAllText("/proc/sys/kernel/$Sysctl", $Value) }

    function Get-TableLine ([int] $Width, [object[]] $Limit = (Get-IpcLimit)) {
        ($Limit | Out-String -Width $Width) -split '\r?\n' | Where-Object { $_.Trim() }
    }

    function Get-ListText ([object[]] $Limit) { $Limit | Format-List | Out-String -Width 500 }

    function Get-Completion ([string] $Line) { (TabExpansion2 $Line $Line.Length).CompletionMatches }

    # All that there may be.
    1..6 | ForEach-Object { $null = Add-SemaphoreSet -User (Get-FreshUser) }
    Write-KernelLimit sem '250 32000 32 6'
}

AfterAll {
    Write-KernelLimit sem $kernelSem
    Clear-Sandbox
}

Describe 'Get-IpcLimit' {
    AfterEach { Write-KernelLimit sem '250 32000 32 6' }

    It 'returns all limits in their order' {
        (Get-IpcLimit).Name | Should -Be $all
    }

    It 'gives <Property> as <Type>' -ForEach @(
        @{ Property = 'Name'; Type = [string] }
        @{ Property = 'Resource'; Type = [string] }
        @{ Property = 'Value'; Type = [uint64] }
        @{ Property = 'Minimum'; Type = [uint64] }
        @{ Property = 'Maximum'; Type = [uint64] }
        @{ Property = 'Used'; Type = [uint64] }
        @{ Property = 'Available'; Type = [uint64] }
        @{ Property = 'UsedPercent'; Type = [double] }
        @{ Property = 'Unit'; Type = [string] }
        @{ Property = 'Sysctl'; Type = [string] }
        @{ Property = 'Description'; Type = [string] }
        @{ Property = 'IsReadOnly'; Type = [bool] }
        @{ Property = 'IsUnlimited'; Type = [bool] }
        @{ Property = 'Status'; Type = [string] }
        @{ Property = 'NamespaceId'; Type = [uint64] }
        @{ Property = 'BootId'; Type = [guid] }
    ) {
        (Get-IpcLimit SEMMNI).$Property | Should -BeOfType $Type
    }

    It 'gives the properties in this order' {
        (Get-IpcLimit SEMMNI | Select-Object *).PSObject.Properties.Name | Should -Be Name, Resource, Value, Minimum, Maximum, Used, Available, UsedPercent, Unit,
            Sysctl, Description, IsReadOnly, IsUnlimited, PersistedValue, PersistedIn, PersistedProblem, Status, NamespaceId, BootId
    }

    It 'says what <Name> may be set to, and the kernel takes that and no more' -ForEach @(
        @{ Name = 'SEMMNI' }, @{ Name = 'SEMMSL' }, @{ Name = 'SHMMNI' }, @{ Name = 'MSGMAX' }
    ) {
        $limit = Get-IpcLimit $Name
        $limit.Minimum | Should -Be 1
        Set-IpcLimit $Name $limit.Maximum
        (Get-IpcLimit $Name).Value | Should -Be $limit.Maximum
        (Invoke-Collecting { Set-IpcLimit $Name ($limit.Maximum + 1) }).ErrorId | Should -Be LimitOutOfRange
        Set-IpcLimit $Name $limit.Value -Force -WarningAction Ignore
    }

    It 'says of what the kernel fixes that it may be nothing else' {
        $limit = Get-IpcLimit SEMVMX
        $limit.Minimum, $limit.Maximum | Should -Be $limit.Value, $limit.Value
    }

    It 'tells which machine and namespace they are of' {
        $limit = Get-IpcLimit SEMMNI
        $limit.BootId | Should -Be ([guid](Get-Content /proc/sys/kernel/random/boot_id))
        "ipc:[$($limit.NamespaceId)]" | Should -Be (Get-Item /proc/self/ns/ipc).LinkTarget
    }

    It 'says that the sets are exhausted, and nothing else' {
        $full = Get-IpcLimit | Where-Object Status -NE Ok
        $full.Name | Should -Be SEMMNI
        $full.Status | Should -Be Exhausted
        $full.Used, $full.Available, $full.UsedPercent | Should -Be 6, 0, 100
    }

    It 'counts the use of a limit that was lowered below it' {
        Write-KernelLimit sem '250 32000 32 5'
        $limit = Get-IpcLimit SEMMNI
        $limit.Used, $limit.Available, $limit.UsedPercent | Should -Be 6, 0, 120
    }

    It 'takes names in any case, with wildcards and by position, narrowed by resource' {
        (Get-IpcLimit *mni, semmsl).Name | Should -Be SEMMSL, SEMMNI, SHMMNI, MSGMNI
        (Get-IpcLimit *mni -Resource messagequeue, SharedMemory).Name | Should -Be SHMMNI, MSGMNI
    }

    It 'has an error for each name that no limit has, and the others still come out' {
        $answer = Invoke-Collecting { Get-IpcLimit SEMNMI, SHMMNI }
        $answer.Output.Name | Should -Be SHMMNI
        $answer.ErrorId | Should -Be IpcNotFound
        $answer.Error[0].CategoryInfo.Category | Should -Be ObjectNotFound
        foreach ($name in $all) { $answer.Error[0].Exception.Message | Should -BeLike "*$name*" }
    }
}

Describe 'The table of limits' {
    AfterEach { Write-KernelLimit sem '250 32000 32 6' }

    It 'has its columns in the order of importance, and a line for each limit' {
        $lines = Get-TableLine 120
        -split $lines[0] | Should -Be Name, Value, Used, UsedPercent, Status, Description
        ($lines | Select-Object -Skip 2) -replace ' .*' | Should -Be $all
    }

    It 'shows how full a limit is: <Sets> sets of <Limit>' -ForEach @(
        @{ Limit = 1000; Bar = '[----------]   0 %'; Status = 'Ok' }
        @{ Limit = 32; Bar = '[#---------]  18 %'; Status = 'Ok' }
        @{ Limit = 8; Bar = '[#######---]  75 %'; Status = 'Ok' }
        @{ Limit = 7; Bar = '[########--]  85 %'; Status = 'Warning' }
        @{ Limit = 6; Bar = '[##########] 100 %'; Status = 'Exhausted' }
        @{ Limit = 5; Bar = '[##########] 120 %'; Status = 'Exhausted' }
        @{ Limit = 0; Bar = ''; Status = 'Exhausted' }
    ) {
        Write-KernelLimit sem "250 32000 32 $Limit"
        (Get-TableLine 120 (Get-IpcLimit SEMMNI))[2] -replace ' +$' |
            Should -Match "^SEMMNI +$Limit +6 +$([regex]::Escape($Bar)) *$Status +Semaphore sets$"
    }

    It 'shows all but the Description whole at 80 columns, with numbers as long as they get' {
        Write-KernelLimit shmall 9223372036854775807
        $limits = Get-IpcLimit
        Write-KernelLimit shmall 18446744073692774399
        $lines = Get-TableLine 80 $limits
        $lines[0] | Should -Match ' Status +Description'
        $lines.Length | Should -BeLessOrEqual 80
        foreach ($limit in $limits) {
            $value = $limit.IsUnlimited ? 'unlimited' : $limit.Value
            $lines -match "^$($limit.Name) " | Should -Match "^$($limit.Name) +$value +$($limit.Used) .* $($limit.Status) "
        }
        $lines -match '^SHMALL ' | Should -Match ' 9223372036854775807 '
        # Only the last column may be cut.
        ($lines -replace '\u2026$') -match '\u2026' | Should -BeNullOrEmpty
    }

    It 'says unlimited instead of a number' {
        (Get-TableLine 120) -match '^SHM(MAX|ALL) +unlimited ' | Should -HaveCount 2
        (Get-TableLine 120) -match '18446744073692774399' | Should -BeNullOrEmpty
        (Get-IpcLimit SHMMAX).Value | Should -Be 18446744073692774399
    }

    It 'has no colour codes in its cells' {
        (Get-TableLine 120 | Select-Object -Skip 2) -match '\x1b' | Should -BeNullOrEmpty
    }
}

Describe 'The list of a limit' {
    AfterEach { Write-KernelLimit sem '250 32000 32 6' }

    It 'shows every property, but no problem where there is none' {
        $limit = Get-IpcLimit SEMMNI
        $text = Get-ListText $limit
        $text | Should -Not -Match '(?m)^PersistedProblem'
        foreach ($property in $limit.PSObject.Properties.Name -ne 'PersistedProblem') {
            $text | Should -Match "(?m)^$property +:"
        }
    }

    It 'says unlimited of what is left, too, and cuts percents' {
        Get-ListText (Get-IpcLimit SHMALL) | Should -Match '(?m)^Value +: unlimited\r?$(.|\n)*^Available +: unlimited\r?$(.|\n)*^UsedPercent +: 0\r?$'
        Write-KernelLimit sem '250 32000 32 7'
        Get-ListText (Get-IpcLimit SEMMNI) | Should -Match '(?m)^UsedPercent +: 85\.71\r?$'
    }

    It 'shows what <Sysctl> will be after a boot: <Shown>' -ForEach @(
        @{ Sysctl = 'shmmax'; Persisted = '18446744073692774399'; Shown = 'unlimited' }
        @{ Sysctl = 'shmmni'; Persisted = '18446'; Shown = '18446' }
    ) {
        # In a folder of settings that only this child has.
        $text = Invoke-ChildShell "Set-Content /etc/sysctl.d/99-test.conf 'kernel.$Sysctl = $Persisted'; Get-IpcLimit $Sysctl | Format-List | Out-String" `
            -Prefix unshare, --mount, sh, -c, 'mount -t tmpfs tmpfs /etc/sysctl.d && exec "$0" "$@"'
        $text | Should -Match "(?m)^PersistedValue +: $Shown *`$"
    }
}

Describe 'The views in the culture <_>' -ForEach 'de-DE', 'ar-SA' {
    AfterEach {
        [cultureinfo]::CurrentCulture = $culture
        Write-KernelLimit sem '250 32000 32 6'
    }

    It 'are the same as in any other' {
        Write-KernelLimit sem '250 32000 32 7'
        $limits = Get-IpcLimit
        [cultureinfo]::CurrentCulture = [cultureinfo]::InvariantCulture
        $expected = (Get-TableLine 120 $limits), (Get-ListText $limits)
        [cultureinfo]::CurrentCulture = $_
        Get-TableLine 120 $limits | Should -Be $expected[0]
        Get-ListText $limits | Should -Be $expected[1]
    }
}

Describe 'The completion of -Name' {
    It 'knows all names' {
        (Get-Completion 'Get-IpcLimit ').CompletionText | Should -Be $all
    }

    It 'does not offer again what stands in the list already' {
        (Get-Completion 'Get-IpcLimit -Name SEMMNI, ').CompletionText | Should -Be ($all -ne 'SEMMNI')
        (Get-Completion "Get-IpcLimit semmni,'SEMMNS',SEMM").CompletionText | Should -Be SEMMSL
        (Get-Completion 'Get-IpcLimit SEMMNI').CompletionText | Should -Be SEMMNI
        (Get-Completion 'Get-IpcLimit -Resource Semaphore SEMMNI,SEMM').CompletionText | Should -Be SEMMSL, SEMMNS
    }

    It 'goes by what was typed, in any case' {
        (Get-Completion 'Get-IpcLimit semm').CompletionText | Should -Be SEMMSL, SEMMNS, SEMMNI
        (Get-Completion "Get-IpcLimit 'semmn").CompletionText | Should -Be SEMMNS, SEMMNI
        (Get-Completion 'Get-IpcLimit "SemMn').CompletionText | Should -Be SEMMNS, SEMMNI
        (Get-Completion 'Get-IpcLimit [').CompletionText | Should -BeNullOrEmpty
    }

    It 'tells how a limit stands' {
        (Get-Completion 'Get-IpcLimit SEMMNI').ToolTip | Should -Be '6 sets, Exhausted: Semaphore sets'
    }

    It 'is narrowed by -Resource' {
        (Get-Completion 'Get-IpcLimit -Resource MessageQueue -Name ').CompletionText | Should -Be MSGMAX, MSGMNB, MSGMNI
        (Get-Completion 'Get-IpcLimit -Resource Semaphore, MessageQueue *').CompletionText | Should -BeNullOrEmpty
    }
}

Describe 'Limits that travel' {
    It 'keep their numbers in JSON' {
        $limits = Get-IpcLimit
        $travelled = $limits | ConvertTo-Json | ConvertFrom-Json
        foreach ($property in $limits[0].PSObject.Properties.Name) {
            $travelled.$property | Should -Be $limits.$property
        }
    }

    It 'keep their numbers, types and views as Clixml' {
        $limits = Get-IpcLimit
        $limits | Export-Clixml "$TestDrive/limits"
        $travelled = Import-Clixml "$TestDrive/limits"
        foreach ($property in $limits[0].PSObject.Properties.Name) {
            $travelled.$property | Should -Be $limits.$property
        }
        $travelled[3].Value | Should -BeOfType uint64
        Get-TableLine 80 $travelled | Should -Be (Get-TableLine 80 $limits)
        Get-ListText $travelled | Should -Be (Get-ListText $limits)
    }

    It 'keep their numbers in CSV' {
        $travelled = Get-IpcLimit | ConvertTo-Csv | ConvertFrom-Csv
        $travelled[5].Value | Should -Be '18446744073692774399'
        $travelled[3].Used | Should -Be '6'
    }
}
