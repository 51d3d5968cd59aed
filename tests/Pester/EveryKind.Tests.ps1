BeforeDiscovery { $script:kinds = (Import-PowerShellDataFile "$PSScriptRoot/Kinds.psd1").Kinds }

# What holds for each kind of object, and is written once in the module: here it is checked once for each of them.
Describe '<Noun>' -ForEach $kinds {
    BeforeAll {
        Import-Module $PSScriptRoot/Sandbox.psm1
        $script:others = @($kinds | Where-Object Noun -NE $Noun)

        # With a key it stays Stale for a day.
        function Add-One { Add-KernelObject -Table $Table -User (Get-FreshUser) }
    }

    BeforeEach { $script:id = Add-One }

    AfterAll { Clear-Sandbox }

    Context 'What is there' {
        It 'is listed by id, with the facts of the kernel' {
            $user = Get-FreshUser
            $made = Add-KernelObject -Table $Table -User $user -Mode 0640
            $object = & $Get -Id $made
            $object.PSObject.TypeNames[0] | Should -Be "PSSysVIpc.$Type"
            $object.OwnerId, $object.CreatorId, $object.GroupId | Should -Be $user, $user, $user
            $object.Mode, $object.Permissions | Should -Be '0640', 'rw-r-----'
            $object.Status | Should -Be Stale
            (& $Get).Id | Should -Be @(Get-KernelId -Table $Table | Sort-Object)
            (& $Get -Key $object.KeyText).Id | Should -Be $made
            (& $Get -Owner $user).Id | Should -Be $made
        }

        It 'is an error each where it is not, and the others come out' {
            $answer = Invoke-Collecting { & $Get -Id $id, 2147483647 }
            $answer.ErrorId | Should -Be IpcNotFound
            $answer.Error[0].Exception.Message | Should -BeLike "There is no $Called with the id 2147483647 *"
            $answer.Output.Id | Should -Be $id
        }

        It 'has a short name as text' {
            "$(& $Get -Id $id)" | Should -BeLike "$Called $id (key 0x7*, owner *, Stale)"
        }

        It 'is completed by id, key and owner, with what it is' {
            $line = "$Remove $id"
            (TabExpansion2 $line $line.Length).CompletionMatches[0].ToolTip | Should -BeLike '*Stale'
            $line = "$Get -Key "
            (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain (& $Get -Id $id).KeyText
            $line = "$Get -Owner "
            (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain (& $Get -Id $id).Owner
        }
    }

    Context 'What was used since it was read' {
        It 'is left alone, also with -Force' {
            $object = & $Get -Id $id
            Invoke-KernelObjectUse -Table $Table -Id $id -User $object.OwnerId
            $answer = Invoke-Collecting { $object | & $Remove -Force }
            $answer.ErrorId | Should -Be IpcChanged
            $answer.Error[0].CategoryInfo.Category | Should -Be InvalidOperation
            Get-KernelId -Table $Table | Should -Contain $id
        }

        It 'is left alone where it comes as <_>, also with -Force' -ForEach 'Clixml', 'JSON', 'CSV' {
            $object = & $Get -Id $id
            $record = $object | ConvertTo-Record -Folder $TestDrive -Way $_
            Invoke-KernelObjectUse -Table $Table -Id $id -User $object.OwnerId
            (Invoke-Collecting { $record | & $Remove -Force }).ErrorId | Should -Be IpcChanged
            Get-KernelId -Table $Table | Should -Contain $id
        }
    }

    Context 'What is another by now' {
        It 'is left alone where it comes as <_>, also with -Force' -ForEach 'an object', 'Clixml', 'JSON', 'CSV', 'CSV with types', 'Select-Object *' {
            $read = & $Get -Id $id
            if ($_ -ne 'an object') { $read = $read | ConvertTo-Record -Folder $TestDrive -Way $_ }
            & $Remove -Id $id -Force
            $null = Add-KernelObject -Table $Table -User (Get-FreshUser) -Id $id
            (Invoke-Collecting { $read | & $Remove -Force -WarningAction SilentlyContinue }).ErrorId | Should -Be IpcChanged
            Get-KernelId -Table $Table | Should -Contain $id
        }

        It 'is left alone where it was of another boot' {
            $record = & $Get -Id $id | ConvertTo-Record -Folder $TestDrive -Way JSON
            $record.BootId = [guid]::NewGuid()
            (Invoke-Collecting { $record | & $Remove -Force }).ErrorId | Should -Be IpcChanged
            Get-KernelId -Table $Table | Should -Contain $id
        }

        It 'is an error where it is gone' {
            $object = & $Get -Id $id
            & $Remove -Id $id -Force
            (Invoke-Collecting { $object | & $Remove -Force }).ErrorId | Should -Be IpcNotFound
        }
    }

    Context 'What has travelled as <_>' -ForEach 'an object', 'Clixml', 'JSON', 'CSV', 'CSV with types', 'Select-Object *' {
        It 'is removed where it is what it was' {
            Invoke-KernelObjectUse -Table $Table -Id $id -User (& $Get -Id $id).OwnerId
            $read = & $Get -Id $id
            if ($_ -ne 'an object') { $read = $read | ConvertTo-Record -Folder $TestDrive -Way $_ }
            $answer = Invoke-Collecting { $read | & $Remove -AllowStale -WarningAction SilentlyContinue }
            $answer.Error | Should -BeNullOrEmpty
            Get-KernelId -Table $Table | Should -Not -Contain $id
        }

        It 'is refused by the cmdlets of other kinds, though they have an object of that id' {
            $read = & $Get -Id $id
            if ($_ -ne 'an object') { $read = $read | ConvertTo-Record -Folder $TestDrive -Way $_ }
            foreach ($other in $others) {
                if ($id -notin (Get-KernelId -Table $other.Table)) {
                    $null = Add-KernelObject -Table $other.Table -User $read.OwnerId -Key 0 -Id $id
                }
                $answer = Invoke-Collecting { $read | & $other.Remove -Force }
                $answer.ErrorId | Should -Be IpcBadInput
                $answer.Error[0].Exception.Message | Should -BeLike "*$($other.Called)*$($other.Get)*"
                Get-KernelId -Table $other.Table | Should -Contain $id
            }
        }
    }

    Context 'Rights' {
        It 'of somebody else are refused, and it stays' {
            $mine = Add-KernelObject -Table $Table -User (Get-FreshUser) -Mode 0666
            $user = Get-FreshUser
            # An account's own folder is out of reach there.
            $text = Invoke-ChildShell -Prefix setpriv, --reuid, $user, --regid, $user, --clear-groups, env, HOME=/ -Script (
                "$Remove -Id $mine -Force; `$Error[0].FullyQualifiedErrorId")
            $text | Should -BeLike '*IpcAccessDenied,*'
            $text | Should -BeLike "*could not be removed*Its owner, its creator, or root (CAP_SYS_ADMIN) can do this.*"
            Get-KernelId -Table $Table | Should -Contain $mine
        }

        It 'that -WhatIf lacks are told by it' {
            $user = Get-FreshUser
            $text = Invoke-ChildShell -Prefix setpriv, --reuid, $user, --regid, $user, --clear-groups, env, HOME=/ -Script (
                "$Remove -Id $id -Force -WhatIf; `$Error[0].FullyQualifiedErrorId")
            $text | Should -BeLike '*IpcAccessDenied,*'
            $text | Should -Not -BeLike '*What if*'
        }

        It 'of the owner are enough' {
            $user = Get-FreshUser
            $own = Add-KernelObject -Table $Table -User $user
            $null = Invoke-ChildShell -Prefix setpriv, --reuid, $user, --regid, $user, --clear-groups, env, HOME=/ -Script "$Remove -Id $own -Force"
            Get-KernelId -Table $Table | Should -Not -Contain $own
        }
    }

    Context '-WhatIf' {
        It 'shows what would go, and leaves it' {
            $text = Invoke-ChildShell "$Remove -Id $id -AllowStale -WhatIf"
            $text | Should -BeLike "What if: Removing $Called $id (key 0x7*). Stale: *"
            Get-KernelId -Table $Table | Should -Contain $id
        }

        It 'shows the refusal of what would not' {
            (Invoke-Collecting { & $Remove -Id $id -WhatIf }).ErrorId | Should -Be IpcMayBeInUse
            Get-KernelId -Table $Table | Should -Contain $id
        }
    }

    Context 'What is, or may be, in use' {
        It 'is refused without a switch, and removed with <_>' -ForEach 'AllowStale', 'Force' {
            $answer = Invoke-Collecting { & $Remove -Id $id }
            $answer.ErrorId | Should -Be IpcMayBeInUse
            $answer.Error[0].TargetObject.Id | Should -Be $id
            $switch = @{ $_ = $true }
            (& $Remove -Id $id @switch -PassThru).Id | Should -Be $id
            Get-KernelId -Table $Table | Should -Not -Contain $id
        }

        It 'is counted in the totals' {
            $text = Invoke-ChildShell "$Remove -Id $id, 2147483647 -Verbose 2>`$null"
            $text | Should -BeLike "*VERBOSE: $($Called.Substring(0, 1).ToUpperInvariant())$($Called.Substring(1))s: 0 removed, 1 left alone (1 Stale), 1 failed.*"
        }
    }
}
