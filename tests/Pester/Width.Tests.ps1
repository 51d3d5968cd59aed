# From 80 to 250 columns no heading is broken over lines, and no number or time is cut: the one column that may be is text.
BeforeAll {
    Import-Module $PSScriptRoot/Sandbox.psm1
    $script:holder = Get-FreshUser
    $script:held = Add-SemaphoreSet -User $holder -Count 20 -Key ([uint32]'0xdeadbeef')
    # More last processes than a cell shows, and one that waits.
    $script:operators = 0..9 | ForEach-Object { Add-SemaphoreUser -Task Hold -Id $held -Index $_ -User $holder }
    $script:used = Add-UsedSet
    $script:wide = Add-SemaphoreSet -User 4294967294 -Id 2147483647
    $script:sets = Get-IpcSemaphore
    $script:limits = Get-IpcLimit

    # A limit of 20 digits, the largest that isn't shown as unlimited, and 40 TB of segments.
    $script:largest = Copy-Record (Get-IpcLimit SHMALL) @{
        Value = [ulong]18446744073692774398; Used = [ulong]9999999999; IsUnlimited = $false
    }

    function Get-Line ([object[]] $Record, [string] $View, [int] $Width) {
        $shown = if ($View) { $Record | Format-Table -View $View } else { $Record | Format-Table }
        ($shown | Out-String -Width $Width) -split '\r?\n' | Where-Object { $_.Trim() }
    }

    # Every text must stand whole in some line, with a blank or nothing on both sides.
    function Assert-Whole ([string[]] $Line, [object[]] $Text, [int] $Width) {
        $Line[1] | Should -Match '^[ -]+$' -Because "no heading may break into a second line at $Width columns"
        $Line | ForEach-Object Length | Sort-Object | Select-Object -Last 1 | Should -BeLessOrEqual $Width
        $all = $Line -join "`n"
        foreach ($value in $Text) {
            $all | Should -Match "(?m)(^|\s)$([regex]::Escape($value))(\s|`$)" -Because "'$value' is a number or a time, at $Width columns"
        }
    }
}

AfterAll { Clear-Sandbox }

Describe 'The table of sets' {
    It 'is whole at every width in <View>' -ForEach @(
        @{ View = 'its own view'; Name = ''; Headings = 'Id', 'Key', 'Owner', 'Status', 'Sems', 'LastUsedTime', 'Reason'
           Values = { $_.Id; $_.KeyText; $_.Status; $_.SemaphoreCount; '{0:s}' -f $_.LastUsedTime -replace ':\d\d$' } }
        @{ View = '-View Time'; Name = 'Time'; Headings = 'Id', 'Owner', 'Status', 'ChangeTime', 'LastOperationTime'
           Values = { $_.Id; $_.Owner; $_.Status; '{0:s}' -f $_.ChangeTime; if ($_.LastOperationTime) { '{0:s}' -f $_.LastOperationTime } } }
        @{ View = '-View Process'; Name = 'Process'; Headings = 'Id', 'Owner', 'Status', 'LastProcesses', 'WaitingProcesses'
           Values = { $_.Id; $_.Status; $_.LastProcesses | Select-Object -First 7 | ForEach-Object Id; $_.WaitingProcesses.Id } }
        @{ View = '-View Creator'; Name = 'Creator'; Headings = 'Id', 'Permissions', 'Owner', 'Group', 'Creator', 'CreatorGroup'
           Values = { $_.Id; $_.Permissions; $_.OwnerId; $_.CreatorId } }
    ) {
        $texts = $sets | ForEach-Object $Values
        $texts.Count | Should -BeGreaterThan 9
        foreach ($width in 80..250) {
            $lines = Get-Line $sets $Name -Width $width
            -split $lines[0] | Should -Be $Headings
            Assert-Whole $lines $texts -Width $width
        }
    }

    It 'says how many processes there are where it does not show all' {
        (Get-Line ($sets | Where-Object Id -EQ $held) Process -Width 80) -match "$([char]0x2026) 10 in all" | Should -HaveCount 1
    }

    It 'is whole where it is written to a file' {
        $sets | Out-File "$TestDrive/sets" -Width 80
        Assert-Whole (Get-Content "$TestDrive/sets" | Where-Object { $_.Trim() }) $sets.Id -Width 80
    }
}

Describe 'The table of semaphores' {
    It 'is whole at every width' {
        $semaphores = ($sets | Where-Object Id -EQ $held).Semaphores
        foreach ($width in 80..250) {
            Assert-Whole (Get-Line $semaphores '' -Width $width) ($semaphores.Index + $semaphores.LastProcessId) -Width $width
        }
    }
}

Describe 'The table of limits' {
    It 'is whole at every width' {
        $texts = $limits.Name + ($limits | Where-Object IsUnlimited -EQ $false).Value
        foreach ($width in 80..250) {
            Assert-Whole (Get-Line $limits '' -Width $width) $texts -Width $width
        }
    }

    It 'is whole at every width with a limit of 20 digits' {
        foreach ($width in 80..250) {
            Assert-Whole (Get-Line ($limits + $largest) '' -Width $width) $largest.Name, $largest.Value, $largest.Used, $largest.Status -Width $width
        }
    }
}

Describe 'The colours of <Source>' -ForEach @(
    @{ Source = 'Get-IpcSemaphore'; Colours = @{ InUse = 'Error'; Stale = 'Warning'; Orphaned = 'FormatAccent'; Unknown = 'Warning' } }
    @{ Source = 'Get-IpcLimit'; Colours = @{ Ok = 'FormatAccent'; Warning = 'Warning'; Exhausted = 'Error' } }
) {
    It 'are those of $PSStyle, and are not there where output is plain' {
        $records = & $Source
        $rendering = $PSStyle.OutputRendering
        try {
            $PSStyle.OutputRendering = 'Ansi'
            foreach ($format in 'Format-Table', 'Format-List') {
                $text = $records | & $format | Out-String
                foreach ($status in $records.Status | Select-Object -Unique) {
                    $text.Contains("$($PSStyle.Formatting.($Colours[$status]))$status$($PSStyle.Reset)") | Should -BeTrue -Because $text
                }
            }
            $PSStyle.OutputRendering = 'PlainText'
            $records | Format-Table | Out-String | Should -Not -Match '\x1b'
        }
        finally { $PSStyle.OutputRendering = $rendering }
    }
}
