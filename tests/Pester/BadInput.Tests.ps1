BeforeDiscovery { $script:kinds = (Import-PowerShellDataFile "$PSScriptRoot/Kinds.psd1").Kinds }

Describe '<Noun>, and what is no argument' -ForEach $kinds {
    BeforeAll {
        Import-Module $PSScriptRoot/Sandbox.psm1
        # The objects that PowerShell's own conversion, or ipcrm's, would turn these arguments into.
        $script:root = 0
        foreach ($id in 0, 1, 2, 5, 53, 255) { $null = Add-KernelObject -Table $Table -User $root -Id $id }
        $null = Add-KernelObject -Table $Table -User $root -Key 0x1006
        $null = Add-KernelObject -Table $Table -User $root -Key 0
        $script:objects = Get-KernelId -Table $Table
    }

    AfterAll { Clear-Sandbox }

    # All removals here go with -Force: what survives does so because the argument was refused.
    Context 'The argument -Id <Text>' -ForEach @(
        @{ Text = "''"; Value = '' }
        @{ Text = "' '"; Value = ' ' }
        @{ Text = 'abc'; Value = 'abc' }
        @{ Text = '0, abc'; Value = 0, 'abc' }
        @{ Text = '0, $null'; Value = 0, $null }
        @{ Text = '1.5'; Value = 1.5 }
        @{ Text = '2.5'; Value = 2.5 }
        @{ Text = '$true'; Value = $true }
        @{ Text = "' 5 '"; Value = ' 5 ' }
        @{ Text = "'+5'"; Value = '+5' }
        @{ Text = "'0x5'"; Value = '0x5' }
        @{ Text = "[char]'5'"; Value = [char]'5' }
        @{ Text = "'5KB'"; Value = '5KB' }
        @{ Text = "'5e0'"; Value = '5e0' }
        @{ Text = 'an Arabic five'; Value = "`u{665}" }
        @{ Text = 'a day of the week'; Value = [DayOfWeek]::Friday }
        @{ Text = 'a hashtable'; Value = @{ Id = 5 } }
        @{ Text = '-1'; Value = -1 }
        @{ Text = '4294967297'; Value = 4294967297 }
        @{ Text = "'4294967297'"; Value = '4294967297' }
        @{ Text = '2147483648'; Value = 2147483648 }
        @{ Text = '$null'; Value = $null }
        @{ Text = '@()'; Value = @() }
        @{ Text = 'a process'; Value = (Get-Process -Id $PID) }
    ) {
        It 'is refused by Remove, and every object survives' {
            { & $Remove -Id $Value -Force } |
                Should -Throw -ErrorId "ParameterArgumentTransformationError,PSSysVIpc.Commands.Remove$($Noun)Command"
            Get-KernelId -Table $Table | Should -Be $objects
        }

        It 'is refused by Get' {
            { & $Get -Id $Value } |
                Should -Throw -ErrorId "ParameterArgumentTransformationError,PSSysVIpc.Commands.Get$($Noun)Command"
        }
    }

    Context 'The argument -Key <Text>' -ForEach @(
        @{ Text = '0'; Value = 0 }
        @{ Text = "'0x0'"; Value = '0x0' }
        @{ Text = '0x100001006'; Value = 0x100001006 }
        @{ Text = "'0x100001006'"; Value = '0x100001006' }
        @{ Text = 'zz'; Value = 'zz' }
        @{ Text = "''"; Value = '' }
        @{ Text = "'0x'"; Value = '0x' }
        @{ Text = "'1006x'"; Value = '1006x' }
        @{ Text = '-4294963194L'; Value = -4294963194L }
        @{ Text = '4102.5'; Value = 4102.5 }
        @{ Text = "'0'"; Value = '0' }
        @{ Text = "'-4102'"; Value = '-4102' }
        @{ Text = '$true'; Value = $true }
        @{ Text = "' 4102 '"; Value = ' 4102 ' }
        @{ Text = '4102, 0'; Value = 4102, 0 }
        @{ Text = '$null'; Value = $null }
        @{ Text = '@()'; Value = @() }
    ) {
        It 'is refused by Remove, and every object survives' {
            { & $Remove -Key $Value -Force } |
                Should -Throw -ErrorId "ParameterArgumentTransformationError,PSSysVIpc.Commands.Remove$($Noun)Command"
            Get-KernelId -Table $Table | Should -Be $objects
        }

        It 'is refused by Get' {
            { & $Get -Key $Value } |
                Should -Throw -ErrorId "ParameterArgumentTransformationError,PSSysVIpc.Commands.Get$($Noun)Command"
        }
    }

    Context 'What a refusal says' {
        It 'names the bad value and what would be good' {
            { & $Remove -Id 0, semid } | Should -Throw -ExpectedMessage "*'semid' is no id*0 to 2147483647*"
            { & $Remove -Key 0x100001006 } | Should -Throw -ExpectedMessage '*4294971398 is no key*32 bits*'
        }

        It 'explains that 0 is no key' {
            { & $Get -Key 0 } | Should -Throw -ExpectedMessage '*IPC_PRIVATE*-Id*'
        }
    }

    Context 'Other arguments' {
        It '-Owner <Text> is refused' -ForEach @(
            @{ Text = "''"; Value = '' }
            @{ Text = '$null'; Value = $null }
            @{ Text = '@()'; Value = @() }
            @{ Text = "root, ''"; Value = 'root', '' }
        ) {
            { & $Get -Owner $Value } | Should -Throw -ErrorId 'ParameterArgumentValidationError*'
        }

        It '-Status takes no other words' {
            { & $Get -Status Dead } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*' -ExpectedMessage '*InUse,Stale,Orphaned,Unknown*'
        }

        # No status at all must not look like "all clean".
        It '-Status <Text> is refused' -ForEach @(
            @{ Text = '$null'; Value = $null }
            @{ Text = '@()'; Value = @() }
        ) {
            { & $Get -Status $Value } | Should -Throw -ErrorId 'ParameterArgumentValidationError*'
        }

        It 'nothing at all with <Text> is refused, and no prompt asks for it' -ForEach @(
            @{ Text = 'no switch'; Switches = @{} }
            @{ Text = '-Force'; Switches = @{ Force = $true } }
            @{ Text = '-WhatIf'; Switches = @{ WhatIf = $true } }
            @{ Text = '-Confirm'; Switches = @{ Confirm = $true } }
        ) {
            $answer = Invoke-Collecting { & $Remove @Switches }
            $answer.ErrorId | Should -Be IpcBadInput
            $answer.Error[0].CategoryInfo.Category | Should -Be InvalidArgument
            $answer.Terminated | Should -BeTrue
            Get-KernelId -Table $Table | Should -Be $objects
        }

        It '-Id and -Key together are refused' {
            { & $Remove -Id 0 -Key 0x1006 -Force } | Should -Throw -ErrorId 'AmbiguousParameterSet,*'
            Get-KernelId -Table $Table | Should -Be $objects
        }
    }

    Context 'Piping <Text>' -ForEach @(
        @{ Text = "'semid'"; Value = 'semid' }
        @{ Text = "''"; Value = '' }
        @{ Text = "' 5 '"; Value = ' 5 ' }
        @{ Text = '$null'; Value = $null }
        @{ Text = '$true'; Value = $true }
        @{ Text = '1.5'; Value = 1.5 }
        @{ Text = '-1'; Value = -1 }
        @{ Text = '4294967297'; Value = 4294967297 }
        @{ Text = "[char]'5'"; Value = [char]'5' }
        @{ Text = '2.5'; Value = 2.5 }
        @{ Text = "'0,0'"; Value = '0,0' }
        @{ Text = '2147483648'; Value = 2147483648 }
        @{ Text = 'a hashtable'; Value = @{ Id = 0 } }
        @{ Text = 'a file'; Value = (Get-Item /proc/self/stat) }
    ) {
        It 'is an IpcBadInput, and every object survives' {
            $answer = Invoke-Collecting { $Value | & $Remove -Force }
            $answer.ErrorId | Should -Be IpcBadInput
            $answer.Error[0].FullyQualifiedErrorId | Should -Be "IpcBadInput,PSSysVIpc.Commands.Remove$($Noun)Command"
            $answer.Error[0].CategoryInfo.Category | Should -Be InvalidArgument
            $answer.Terminated | Should -BeFalse
            Get-KernelId -Table $Table | Should -Be $objects
        }
    }

    Context 'Piping an object of another kind that has an Id' {
        BeforeAll {
            $script:process = Add-SemaphoreUser -Task Idle -User (Get-FreshUser)
            $null = Add-KernelObject -Table $Table -User $root -Id $process.Id
            $script:job = Start-ThreadJob { 'done' }
            $null = $job | Wait-Job
            if ($job.Id -notin (Get-KernelId -Table $Table)) { $null = Add-KernelObject -Table $Table -User $root -Id $job.Id }
            $script:objects = Get-KernelId -Table $Table
        }

        AfterAll { $job | Remove-Job }

        It 'refuses a process, and the object whose id is its pid survives' {
            $answer = Invoke-Collecting { Get-Process -Id $process.Id | & $Remove -Force }
            $answer.ErrorId | Should -Be IpcBadInput
            $answer.Error[0].Exception.Message | Should -BeLike "*Process is no $Called*Get-$Noun*"
            Get-KernelId -Table $Table | Should -Contain $process.Id
            Get-KernelId -Table $Table | Should -Be $objects
        }

        It 'refuses each of many processes' {
            $processes = Get-Process -Id $process.Id, $PID
            (Invoke-Collecting { $processes | & $Remove -Force }).ErrorId | Should -Be IpcBadInput, IpcBadInput
            Get-KernelId -Table $Table | Should -Be $objects
        }

        It 'refuses a process that went through <Way>' -ForEach @(
            @{ Way = 'Select-Object'; Convert = { $process | Select-Object Id, ProcessName } }
            @{ Way = 'Export-Clixml'; Convert = { $process | Export-Clixml "$TestDrive/p" -Depth 1; Import-Clixml "$TestDrive/p" } }
            @{ Way = 'CSV with types'; Convert = { $process | Select-Object Id | Export-Csv "$TestDrive/p" -IncludeTypeInformation; Import-Csv "$TestDrive/p" } }
        ) {
            $record = & $Convert
            $record.Id | Should -Be $process.Id
            (Invoke-Collecting { $record | & $Remove -Force }).ErrorId | Should -Be IpcBadInput
            Get-KernelId -Table $Table | Should -Be $objects
        }

        It 'refuses a job, and the object of its id survives' {
            (Invoke-Collecting { $job | & $Remove -Force }).ErrorId | Should -Be IpcBadInput
            Get-KernelId -Table $Table | Should -Contain $job.Id
            Get-KernelId -Table $Table | Should -Be $objects
        }

        It 'refuses parts of one: semaphores and processes' {
            $set = Get-IpcSemaphore -Id (Add-KernelObject -Table sem -User $root -Key 0)
            $segment = Get-IpcSharedMemory -Id (Add-KernelObject -Table shm -User $root -Key 0)
            $before = Get-KernelId -Table $Table
            foreach ($part in $set.Semaphores[0], $segment.CreatorProcess) {
                $part | Should -Not -BeNullOrEmpty
                (Invoke-Collecting { $part | & $Remove -Force }).ErrorId | Should -Be IpcBadInput
            }
            Get-KernelId -Table $Table | Should -Be $before
        }
    }

    Context 'Nothing but Get makes one' {
        It 'a <Text> can not be cast into one' -ForEach @(
            @{ Text = 'hashtable'; Value = @{ Id = 0 } }
            @{ Text = 'record'; Value = [pscustomobject]@{ Id = 0; Owner = 'root' } }
            @{ Text = 'number'; Value = 0 }
            @{ Text = 'text'; Value = '0' }
        ) {
            { & ([scriptblock]::Create("param(`$from) [PSSysVIpc.$Type]`$from")) $Value } | Should -Throw -ErrorId ConvertToFinalInvalidCastException
        }

        It 'New-Object can not either' {
            { New-Object PSSysVIpc.$Type } | Should -Throw -ErrorId 'CannotFindAppropriateCtor,*'
        }
    }
}
