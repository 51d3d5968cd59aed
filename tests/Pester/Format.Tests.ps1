BeforeAll {
    Import-Module $PSScriptRoot/Sandbox.psm1
    $script:longName = 'a-service-account-of-32-letters.'

    $script:user = Get-FreshUser
    $script:leftover = Add-Leftover -User $user -Count 2
    $script:keyed = Add-SemaphoreSet -User 0 -Key 0xbeef
    $script:used = Add-UsedSet
    $holder = Get-FreshUser
    $script:held = Add-SemaphoreSet -User $holder -Count 2 -Key 0
    $script:operators = 0, 1 | ForEach-Object { Add-SemaphoreUser -Task Hold -Id $held -Index $_ -User $holder }
    # An id and a name as long as they get.
    $script:longUser = Get-FreshUser
    $script:wide = Add-SemaphoreSet -User $longUser -Id 2147483647
    Wait-RecentUse

    # Read once: what is looked at below is how it is shown, not what it says.
    $script:sets = Get-IpcSemaphore
    $script:culture = [cultureinfo]::CurrentCulture

    function Get-TableLine ([int] $Width, [object[]] $Set = $sets) {
        ($Set | Format-Table | Out-String -Width $Width) -split '\r?\n' | Where-Object { $_.Trim() }
    }

    function Get-DetailText ([int] $Width, [object] $Set) { ($Set | Format-List -View Detail | Out-String -Width $Width) -replace '\r' }

    function Get-ListText ([object[]] $Set) { $Set | Format-List | Out-String -Width 500 }

    function Send-Record ([object[]] $Record) {
        $Record | Export-Clixml "$TestDrive/records"
        Import-Clixml "$TestDrive/records"
    }

    # A runtime without culture data refuses the name, or gives it the invariant culture's dates.
    function Test-Culture ([string] $Name) {
        try { $dates = [cultureinfo]::GetCultureInfo($Name) }
        catch [Globalization.CultureNotFoundException] { return $false }
        $day = [datetime]::new(2026, 11, 23)
        $day.ToString($dates) -ne $day.ToString([cultureinfo]::InvariantCulture)
    }

    # In these tests an account of a long name exists: in a mount namespace of a shell's own, so nowhere else.
    function Invoke-WithAccount ([string] $Script) {
        Set-Content "$TestDrive/passwd" ((Get-Content /etc/passwd) + "${longName}:x:${longUser}:${longUser}::/:/bin/false")
        & chmod a+r "$TestDrive/passwd"
        Invoke-ChildShell $Script -Prefix unshare, --mount, sh, -c, 'mount --bind "$0" /etc/passwd && exec "$@"', "$TestDrive/passwd"
    }
}

AfterAll { Clear-Sandbox }

Describe 'The table of sets at <_> columns' -ForEach 79, 100, 120, 200 {
    It 'is aligned: each value stands under its heading' {
        $lines = Get-TableLine $_
        $header = $lines[0]
        $lines[1] | Should -Match '^[ -]+$' -Because 'no heading may break into a second line'
        $lines.Count | Should -Be ($sets.Count + 2)
        foreach ($set in $sets) {
            $line = $lines[2 + $sets.IndexOf($set)].PadRight($_)
            foreach ($column in @{ Id = $set.Id; Sems = $set.SemaphoreCount }.GetEnumerator()) {
                $end = $header.IndexOf($column.Key) + $column.Key.Length
                $line.Substring(0, $end) | Should -Match "(^| )$($column.Value)$"
                $line[$end] | Should -Be ' '
            }
            $columns = @{ Key = $set.KeyText; Owner = $set.Owner; Status = $set.Status; LastUsedTime = $set.LastUsedTime.ToString('yyyy-MM-ddTHH:mm', [cultureinfo]::InvariantCulture) }
            foreach ($column in $columns.Keys) {
                $start = $header.IndexOf($column)
                $start | Should -BeGreaterThan 0
                $line[$start - 1] | Should -Be ' '
                $line.Substring($start) | Should -Match "^$([regex]::Escape($columns[$column])) "
            }
        }
    }
}

Describe 'The table of sets' {
    It 'keeps its columns in the order of importance' {
        -split (Get-TableLine 200)[0] | Should -Be Id, Key, Owner, Status, Sems, LastUsedTime, Reason
    }

    It 'shows the Status whole at 80 columns' {
        $lines = Get-TableLine 80
        $lines[0] | Should -Match ' Status '
        foreach ($set in $sets) {
            $lines -match "^ *$($set.Id) " | Should -Match " $($set.Status) "
        }
    }

    It 'never goes beyond its width' {
        foreach ($width in 60, 80, 100, 120) {
            (Get-TableLine $width).Length | Sort-Object | Select-Object -Last 1 | Should -BeLessOrEqual $width
        }
    }

    It 'ends with the reason, without the status that stands beside it' {
        (Get-TableLine 250) -match "^ *$used " | Should -Match ' InUse .* 1 process waits on it, perl \('
    }

    It 'cuts owners beyond 14 characters, and the property stays whole' {
        $text = Invoke-WithAccount "`$set = Get-IpcSemaphore -Id $wide; `$set | Format-Table | Out-String -Width 100; `$set.Owner"
        $text | Should -BeLike "* $($longName.Substring(0, 13))$([char]0x2026) *"
        # In the table the name is nowhere whole; on its own it is.
        @($text -split "`n" -like "*$longName*") | Should -Be $longName
    }

    It 'finds an account by its long name or a part of it' {
        Invoke-WithAccount "(Get-IpcSemaphore -Owner $longName).Id; (Get-IpcSemaphore -Owner *of-32*).Id" | Should -Be "$wide`n$wide"
    }

    It 'has no colour codes in its cells' {
        (Get-TableLine 120 | Select-Object -Skip 2) -match '\x1b' | Should -BeNullOrEmpty
    }
}

Describe 'The list of a set' {
    It 'shows every property' {
        $set = $sets[$sets.Id.IndexOf($held)]
        $text = Get-ListText $set
        # The key stands there as KeyText.
        foreach ($property in $set.PSObject.Properties.Name -ne 'KeyText') {
            $text | Should -Match "(?m)^$property +:"
        }
    }

    It 'shows the key in hex, the times in ISO form and lists in full' {
        $set = $sets[$sets.Id.IndexOf($held)]
        $text = Get-ListText $set
        $text | Should -Match '(?m)^Key +: 0x00000000\r?$'
        $text | Should -Match "(?m)^LastOperationTime +: $('{0:s}' -f $set.LastOperationTime)\r?`$"
        $text | Should -Match "(?m)^LastProcesses +: $($operators[0].Id) perl; $($operators[1].Id) perl\r?`$"
        $text | Should -Match "(?m)^Semaphores +: 0: value 1, last process $($operators[0].Id); 1: value 1, last process $($operators[1].Id)\r?`$"
        Get-ListText $sets[$sets.Id.IndexOf($keyed)] | Should -Match '(?m)^Key +: 0x0000beef\r?$'
    }
}

Describe 'The list of a set of <_> semaphores' -ForEach 16, 17 {
    It 'shows the first 16, and says how many there are when that is not all' {
        $id = Add-SemaphoreSet -User (Get-FreshUser) -Count $_
        $expected = ((0..15 | ForEach-Object { "${_}: value 0" }) -join '; ') + ($_ -gt 16 ? "; $([char]0x2026) ($_ in all)" : '')
        Get-ListText (Get-IpcSemaphore -Id $id) | Should -Match "(?m)^Semaphores +: $([regex]::Escape($expected))\r?`$"
        & ipcrm -s $id
    }
}

Describe 'The detail view at <_> columns' -ForEach 80, 100 {
    It 'shows each semaphore in a line, its values under their headings' {
        $lines = @((Get-DetailText $_ $sets[$sets.Id.IndexOf($held)]) -split '\n' | Where-Object { $_.Trim() })
        $lines | ForEach-Object Length | Sort-Object | Select-Object -Last 1 | Should -BeLessOrEqual $_
        $lines[-5] | Should -Match '^Semaphores +: +WaitingFor *$'
        foreach ($index in 0, 1) {
            $line = $lines[$index - 2]
            foreach ($value in @{ Index = $index; Value = 1; Increase = 0; Zero = 0 }.GetEnumerator()) {
                $end = $lines[-4].IndexOf($value.Key) + $value.Key.Length
                $line.Substring(0, $end) | Should -Match " $($value.Value)$"
            }
            $line.Substring($lines[-4].IndexOf('LastProcess')).TrimEnd() | Should -Be "$($operators[$index].Id) perl"
        }
    }

    It 'shows a name of 32 characters whole' {
        $text = Invoke-WithAccount "Get-IpcSemaphore -Id $wide | Format-List -View Detail | Out-String -Width $_"
        $text | Should -Match "(?m)^Owner +: $([regex]::Escape($longName)) *`$"
        $text | Should -Match '(?m)^ +0 +0 +0 +0 *$'
    }
}

Describe 'The detail view' {
    It 'shows every property' {
        $set = $sets[$sets.Id.IndexOf($held)]
        $text = Get-DetailText 100 $set
        # The key stands there as KeyText.
        foreach ($property in $set.PSObject.Properties.Name -ne 'KeyText') {
            $text | Should -Match "(?m)^$property +:"
        }
    }

    It 'tells who waits for what' {
        Get-DetailText 80 $sets[$sets.Id.IndexOf($used)] | Should -Match '(?m)^ +0 +0 +1 +0 *$'
    }

    It 'leaves the semaphores out when they can not be read' {
        # Without its right to all objects root reads others' sets no more, and the module's files still.
        $text = Invoke-ChildShell "Get-IpcSemaphore -Id $held | Format-List -View Detail | Out-String" -Prefix setpriv, --bounding-set, '-ipc_owner'
        $text.TrimEnd() | Should -Match '\nSemaphores +:$'
    }

    It 'is the same for a set that travelled as Clixml' {
        $set = $sets[$sets.Id.IndexOf($held)]
        Get-DetailText 80 (Send-Record $set) | Should -Be (Get-DetailText 80 $set)
    }

    It 'is the same for a set that a job or a remote session has sent' {
        $set = $sets[$sets.Id.IndexOf($held)]
        # One level deep, as both of them send it.
        $sent = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($set, 1))
        Get-DetailText 80 $sent | Should -Be (Get-DetailText 80 $set)
    }

    It 'has the text of each semaphore where nothing else came through' {
        $set = $sets[$sets.Id.IndexOf($held)]
        $sent = Send-Record $set
        $sent | Add-Member Semaphores @($set.Semaphores | ForEach-Object ToString) -Force
        $text = Get-DetailText 80 $sent
        foreach ($semaphore in $set.Semaphores) { $text | Should -Match ([regex]::Escape("$semaphore")) }
    }
}

Describe 'The table with a name of 32 characters at <_> columns' -ForEach 80, 100 {
    # A terminal's last column stays empty.
    It 'is aligned' {
        $lines = @((Invoke-WithAccount "Get-IpcSemaphore | Format-Table | Out-String -Width $($_ - 1)") -split '\r?\n' | Where-Object { $_.Trim() })
        $lines[1] | Should -Match '^[ -]+$'
        $status = $lines[0].IndexOf('Status')
        foreach ($line in $lines | Select-Object -Skip 2) {
            $line.Length | Should -BeLessThan $_
            $line.Substring($status - 1) | Should -Match '^ (InUse|Stale|Orphaned|Unknown) '
        }
        $lines -match " $($longName.Substring(0, 13))$([char]0x2026) " | Should -HaveCount 1
    }
}

Describe 'Where no property is named, for an <Type>,' -ForEach @(
    @{
        Type = 'IpcSemaphoreSet'; First = 'Id'; Second = 'Key'; Ascending = 9, 10
        Keys = @{ Id = 10; Key = [uint]9; Owner = 'somebody'; Status = 'Stale'; ChangeTime = [datetime]::UnixEpoch }
    }
    @{ Type = 'IpcLimit'; First = 'Name'; Second = 'Value'; Ascending = 'SEMMNI', 'SEMMSL'; Keys = @{ Name = 'SEMMSL'; Value = [ulong]::MaxValue } }
    @{
        Type = 'IpcSemaphore'; First = 'Index'; Second = 'Value'; Ascending = 9, 10
        Keys = @{ SetId = 9; Index = 9; Value = 9; WaitingForIncrease = 9; WaitingForZero = 9; LastProcessId = 9 }
    }
    @{ Type = 'IpcProcess'; First = 'Id'; Second = 'Name'; Ascending = 9, 10; Keys = @{ Id = 9; Name = 'zsh'; IsAlive = $false } }
    @{
        Type = 'IpcSharedMemorySegment'; First = 'Id'; Second = 'Key'; Ascending = 9, 10
        Keys = @{ Id = 10; Key = [uint]9; Owner = 'somebody'; Status = 'Unknown'; ChangeTime = [datetime]::UnixEpoch }
    }
    @{ Type = 'IpcAttachedProcess'; First = 'Id'; Second = 'Name'; Ascending = 9, 10; Keys = @{ Id = 9; Name = 'zsh'; AttachCount = 9 } }
    @{
        Type = 'IpcMessageQueue'; First = 'Id'; Second = 'Key'; Ascending = 9, 10
        Keys = @{ Id = 10; Key = [uint]9; Owner = 'somebody'; Status = 'Unknown'; ChangeTime = [datetime]::UnixEpoch }
    }
    @{ Type = 'IpcQueueWaiter'; First = 'Id'; Second = 'Name'; Ascending = 9, 10; Keys = @{ Id = 9; Name = 'zsh'; Direction = 'Send'; MessageType = [long]9 } }
    @{ Type = 'IpcMessage'; First = 'Index'; Second = 'Type'; Ascending = 9, 10; Keys = @{ Index = 9; Type = 9; Length = 9; Hex = 'ff' } }
) {
    BeforeAll {
        if ($Type -match 'Memory|Attached|Queue|Message') {
            if (@(Get-KernelId -Table msg).Count -eq 0) { $null = Add-MemoryUser -User (Get-FreshUser) }
            $segment = Get-IpcSharedMemory -Key 0x5eed -IncludeProcess
            $queue = Get-IpcMessageQueue -Key 0x5eed -IncludeMessage 1
        }
        $heldSet = $sets[$sets.Id.IndexOf($held)]
        $script:record = switch ($Type) {
            IpcSemaphoreSet { $heldSet }
            IpcLimit { Get-IpcLimit SEMMNI }
            IpcSemaphore { $heldSet.Semaphores[0] }
            IpcProcess { $heldSet.LastProcesses[0] }
            IpcSharedMemorySegment { $segment }
            IpcAttachedProcess { $segment.AttachedProcesses[0] }
            IpcMessageQueue { $queue }
            IpcQueueWaiter { $queue.WaitingProcesses[0] }
            IpcMessage { $queue.Messages[0] }
        }
    }

    It 'Format-Wide shows its <First>, also after it travelled' {
        foreach ($some in $record, (Send-Record $record)) {
            ($some | Format-Wide -Column 1 | Out-String).Trim() | Should -Be $record.$First
        }
    }

    It 'Sort-Object goes by its <First>, also after it travelled' {
        # Given backwards. As text, or by what is not the first key, they would stay so.
        $lower, $higher = $Ascending | ForEach-Object { Copy-Record $record @{ $First = $_ } }
        $pair = $higher, (Copy-Record $lower @{ $Second = $Keys[$Second] })
        foreach ($some in $pair, (Send-Record $pair)) {
            ($some | Sort-Object).$First | Should -Be $Ascending
        }
    }

    It 'Compare-Object sees another <_.Key>, also after it travelled' -ForEach @($Keys.GetEnumerator()) {
        $changed = Copy-Record $record @{ $_.Key = $_.Value }
        Compare-Object $record $changed | Should -HaveCount 2
        Compare-Object (Send-Record $record) (Send-Record $changed) | Should -HaveCount 2
    }
}

Describe 'Where no property is named' {
    It 'Compare-Object sees a set that was made again under its id' {
        $user = Get-FreshUser
        $id = Add-SemaphoreSet -User $user -Key 0
        $before = Get-IpcSemaphore -Id $id
        Compare-Object $before (Get-IpcSemaphore -Id $id) | Should -BeNullOrEmpty
        & ipcrm -s $id
        $null = Add-SemaphoreSet -User $user -Key 0xcafe -Id $id
        Compare-Object $before (Get-IpcSemaphore -Id $id) | Should -HaveCount 2
        & ipcrm -s $id
    }

    It 'Compare-Object takes no notice of <Property> of <Source>, also after it travelled' -ForEach @(
        @{ Source = 'Get-IpcSemaphore'; Property = 'LastOperationTime' }, @{ Source = 'Get-IpcLimit'; Property = 'Used' }
    ) {
        $record = & $Source | Where-Object $Property -NE $null | Select-Object -First 1
        $used = Copy-Record $record @{ $Property = $null }
        Compare-Object $record $used | Should -BeNullOrEmpty
        Compare-Object (Send-Record $record) (Send-Record $used) | Should -BeNullOrEmpty
    }
}

Describe 'The views in the culture <_>' -ForEach 'de-DE', 'th-TH', 'tr-TR', 'ar-SA' {
    BeforeAll {
        $script:invariantViews = & {
            [cultureinfo]::CurrentCulture = [cultureinfo]::InvariantCulture
            (Get-TableLine 200) -join "`n"
            (Get-ListText $sets) + (Get-DetailText 500 $sets[$sets.Id.IndexOf($held)])
            $sets.Semaphores | Out-String -Width 200
            (Get-IpcSemaphore -Id $held).StatusReason
        }
    }

    # The setting is per thread: left as it was for whatever runs next.
    AfterEach { [cultureinfo]::CurrentCulture = $culture }

    It 'are the same as in any other' {
        if (-not (Test-Culture $_)) {
            Set-ItResult -Skipped -Because "this pwsh does not know the culture $_"
        }
        [cultureinfo]::CurrentCulture = $_
        (Get-TableLine 200) -join "`n" | Should -Be $invariantViews[0]
        (Get-ListText $sets) + (Get-DetailText 500 $sets[$sets.Id.IndexOf($held)]) | Should -Be $invariantViews[1]
        $sets.Semaphores | Out-String -Width 200 | Should -Be $invariantViews[2]
        (Get-IpcSemaphore -Id $held).StatusReason | Should -Be $invariantViews[3]
    }
}

Describe 'The other views' {
    It 'show the single semaphores in a table' {
        $lines = ((Get-IpcSemaphore -Id $used).Semaphores | Out-String -Width 80) -split '\r?\n' | Where-Object { $_.Trim() }
        -split $lines[0] | Should -Be SetId, Index, Value, WaitingForIncrease, WaitingForZero, LastProcessId
        -split $lines[2] | Should -Be $used, 0, 0, 1, 0
    }

    It 'are the same for sets that travelled as Clixml' {
        $travelled = Send-Record $sets
        Get-TableLine 120 $travelled | Should -Be (Get-TableLine 120)
        Get-ListText $travelled | Should -Be (Get-ListText $sets)
        $travelled.Semaphores | Out-String -Width 80 | Should -Be ($sets.Semaphores | Out-String -Width 80)
    }

    It 'give a set and a process a short text' {
        $set = $sets[$sets.Id.IndexOf($keyed)]
        "$set" | Should -Be "semaphore set $keyed (key 0x0000beef, owner root, Stale)"
    }
}

Describe 'In Constrained Language' {
    It 'each view shows what it shows elsewhere' {
        # All views there are, by what they are for: a new one is among them by itself.
        [xml]$formats = Get-Content -Raw (Join-Path (Split-Path (Get-ModuleManifestPath)) PSSysVIpc.format.ps1xml)
        $views = foreach ($view in $formats.Configuration.ViewDefinitions.View) {
            $source = switch ($view.ViewSelectedBy.TypeName) {
                PSSysVIpc.IpcSemaphoreSet { '$sets' }
                PSSysVIpc.IpcSemaphore { '$sets.Semaphores' }
                PSSysVIpc.IpcLimit { '$limits' }
                PSSysVIpc.IpcSharedMemorySegment { '$segments' }
                PSSysVIpc.IpcAttachedProcess { '$segments.AttachedProcesses' }
                PSSysVIpc.IpcMessageQueue { '$queues' }
                PSSysVIpc.IpcMessage { '$queues.Messages' }
                default { throw "Nobody knows where $_ comes from." }
            }
            "$source | $($view.TableControl ? 'Format-Table' : 'Format-List') -View $($view.Name) | Out-String -Width 120"
        }
        $views.Count | Should -BeGreaterOrEqual 23
        if (@(Get-KernelId -Table msg).Count -eq 0) { $null = Add-MemoryUser -User (Get-FreshUser) }
        # A limit that is used in part: its percents are computed.
        $room = [IO.File]::ReadAllText('/proc/sys/kernel/sem')
        [IO.File]::WriteAllText('/proc/sys/kernel/sem', "250 32000 32 $($sets.Count * 3)")
        try {
            $script = "`$sets = Get-IpcSemaphore; `$limits = Get-IpcLimit; " +
                "`$segments = Get-IpcSharedMemory -IncludeProcess; `$queues = Get-IpcMessageQueue -IncludeMessage 9; $($views -join '; '); '====='; " +
                "`$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'; $($views -join '; ')"
            $full, $constrained = (Invoke-ChildShell $script) -split '=====\n'
        }
        finally { [IO.File]::WriteAllText('/proc/sys/kernel/sem', $room) }
        "$constrained`n" | Should -BeExactly $full
        $full | Should -Match 'UsedPercent +: 33\.33'
    }
}
