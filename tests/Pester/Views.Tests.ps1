# What segments and queues look like: at every width no heading is broken and no number or time is cut, and lists have all.
BeforeAll {
    Import-Module $PSScriptRoot/Sandbox.psm1
    $script:holder = Get-FreshUser
    $script:holding = Add-MemoryUser -User $holder
    $null = Add-KernelObject -Table shm -User 4294967294 -Key ([uint32]'0xdeadbeef')
    $null = Add-KernelObject -Table msg -User 4294967294 -Id 2147483647 -Key ([uint32]'0xdeadbeef')
    $script:objects = @{
        IpcSharedMemorySegment = Get-IpcSharedMemory -IncludeProcess
        IpcMessageQueue        = Get-IpcMessageQueue -IncludeMessage 9
    }

    function Get-Line ([object[]] $Record, [string] $View, [int] $Width) {
        $shown = if ($View) { $Record | Format-Table -View $View } else { $Record | Format-Table }
        ($shown | Out-String -Width $Width) -split '\r?\n' | Where-Object { $_.Trim() }
    }

    function Get-Text ([object] $Record, [string] $View, [int] $Width = 120) {
        $shown = if ($View) { $Record | Format-List -View $View } else { $Record | Format-List }
        ($shown | Out-String -Width $Width) -replace '\r'
    }

    function Send-Record ([object] $Record) {
        [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($Record, 2))
    }
}

AfterAll { Clear-Sandbox }

Describe 'The table of <Type>' -ForEach @(
    @{ Type = 'IpcSharedMemorySegment'; View = ''; Headings = 'Id', 'Key', 'Owner', 'Status', 'Size', 'LastUsedTime', 'Reason'
       Values = { $_.Id; $_.KeyText; $_.Status; '{0:s}' -f $_.LastUsedTime -replace ':\d\d$' } }
    @{ Type = 'IpcSharedMemorySegment'; View = 'Time'; Headings = 'Id', 'Owner', 'AttachTime', 'DetachTime', 'ChangeTime'
       Values = { $_.Id; '{0:s}' -f $_.ChangeTime; if ($_.AttachTime) { '{0:s}' -f $_.AttachTime } } }
    @{ Type = 'IpcSharedMemorySegment'; View = 'Process'; Headings = 'Id', 'Owner', 'Status', 'CreatorProcess', 'LastProcess', 'Attached'
       Values = { $_.Id; $_.Status; $_.CreatorProcess.Id; $_.AttachedProcesses.Id } }
    @{ Type = 'IpcSharedMemorySegment'; View = 'Creator'; Headings = 'Id', 'Permissions', 'Owner', 'Group', 'Creator', 'CreatorGroup'
       Values = { $_.Id; $_.Permissions; $_.OwnerId; $_.CreatorId } }
    @{ Type = 'IpcMessageQueue'; View = ''; Headings = 'Id', 'Key', 'Owner', 'Status', 'Messages', 'LastUsedTime', 'Reason'
       Values = { $_.Id; $_.KeyText; $_.Status; $_.MessageCount; '{0:s}' -f $_.LastUsedTime -replace ':\d\d$' } }
    @{ Type = 'IpcMessageQueue'; View = 'Time'; Headings = 'Id', 'Owner', 'SendTime', 'ReceiveTime', 'ChangeTime'
       Values = { $_.Id; '{0:s}' -f $_.ChangeTime; if ($_.SendTime) { '{0:s}' -f $_.SendTime } } }
    @{ Type = 'IpcMessageQueue'; View = 'Process'; Headings = 'Id', 'Owner', 'Status', 'LastSender', 'LastReceiver', 'WaitingProcesses'
       Values = { $_.Id; $_.Status; $_.LastSender.Id; $_.WaitingProcesses.Id } }
    @{ Type = 'IpcMessageQueue'; View = 'Creator'; Headings = 'Id', 'Permissions', 'Owner', 'Group', 'Creator', 'CreatorGroup'
       Values = { $_.Id; $_.Permissions; $_.OwnerId; $_.CreatorId } }
) {
    It 'is whole at every width, as <View>' {
        $records = $objects[$Type]
        $texts = $records | ForEach-Object $Values | Where-Object { $null -ne $_ }
        $texts.Count | Should -BeGreaterThan 4
        foreach ($width in 80..250) {
            $lines = Get-Line $records $View -Width $width
            -split $lines[0] | Should -Be $Headings
            $lines[1] | Should -Match '^[ -]+$' -Because "no heading may break into a second line at $width columns"
            $lines | ForEach-Object Length | Sort-Object | Select-Object -Last 1 | Should -BeLessOrEqual $width
            $all = $lines -join "`n"
            foreach ($text in $texts) {
                $all | Should -Match "(?m)(^|\s)$([regex]::Escape($text))(\s|`$)" -Because "'$text' is a number or a time, at $width columns"
            }
        }
    }
}

Describe 'The table of segments' {
    It 'shows <Size> as <Text>' -ForEach @(
        @{ Size = 4096; Text = '4K' }
        @{ Size = 100000000; Text = '95.3M' }
        @{ Size = 4611686018427387904; Text = '4E' }
    ) {
        $some = $objects.IpcSharedMemorySegment | Where-Object Size -EQ $Size | Select-Object -First 1
        (Get-Line $some '' -Width 80)[-1] | Should -Match "\s$([regex]::Escape($Text)) "
    }
}

Describe 'The list of <Type>' -ForEach @(
    @{ Type = 'IpcSharedMemorySegment'; Detail = 'AttachedProcesses' }
    @{ Type = 'IpcMessageQueue'; Detail = 'Messages' }
) {
    It 'shows every property, and so does the detail view' {
        foreach ($view in '', 'Detail') {
            $text = Get-Text $objects[$Type][0] $view
            # The key stands there as KeyText.
            foreach ($property in $objects[$Type][0].PSObject.Properties.Name -ne 'KeyText') {
                $text | Should -Match "(?m)^$property +:"
            }
        }
    }

    It 'is the same for what travelled' {
        foreach ($record in $objects[$Type]) {
            foreach ($view in '', 'Detail') {
                Get-Text (Send-Record $record) $view | Should -Be (Get-Text $record $view)
            }
        }
    }

    It 'fits into 80 columns in detail' {
        foreach ($record in $objects[$Type]) {
            (Get-Text $record Detail -Width 80) -split "`n" | Where-Object { $_.Length -gt 80 } | Should -BeNullOrEmpty
        }
    }
}

Describe 'The detail view' {
    It 'has each attached process in a line, its count under its heading' {
        $lines = (Get-Text ($objects.IpcSharedMemorySegment | Where-Object Key -EQ 0x5eed) Detail) -split "`n"
        $heading = $lines | Where-Object { $_ -like '*Id Count  Name' }
        $line = $lines | Where-Object { $_ -like "* $($holding.Id) *  perl" }
        $heading.IndexOf('Count') + 'Count'.Length | Should -Be ($line.IndexOf('  perl'))
    }

    It 'has each message in a line, and nothing that moves the cursor' {
        $text = Get-Text ($objects.IpcMessageQueue | Where-Object Key -EQ 0x5eed) Detail
        $text | Should -BeLike '*    0       1099511627776       11  hello\nworld*'
        $text | Should -BeLike '*    1       1099511627776        8  \x1b`[31m\u202e*'
        $text | Should -BeLike '*    2       1099511627776        0*'
        $text | Should -Not -Match '\x1b|\u202e'
    }
}

Describe 'The other views' {
    It 'show attached processes and messages in tables' {
        Get-Line ($objects.IpcSharedMemorySegment | Where-Object Key -EQ 0x5eed).AttachedProcesses '' -Width 80 | Should -Contain ('{0,10} {1,11} perl' -f $holding.Id, 2)
        $lines = Get-Line ($objects.IpcMessageQueue | Where-Object Key -EQ 0x5eed).Messages '' -Width 80
        -split $lines[0] | Should -Be 'Index', 'Type', 'Length', 'Text'
        $lines[2] | Should -Be ('{0,8} {1,19} {2,10} hello\nworld' -f 0, 1099511627776, 11)
    }

    It 'give each part a short text' {
        $queue = $objects.IpcMessageQueue | Where-Object Key -EQ 0x5eed
        "$($queue.WaitingProcesses)" | Should -Match '^\d+ perl \(receives type 7\)$'
        "$($queue.Messages[0])" | Should -Be '0: type 1099511627776, 11 bytes, hello\nworld'
        "$(($objects.IpcSharedMemorySegment | Where-Object Key -EQ 0x5eed).AttachedProcesses)" | Should -Be "$($holding.Id) perl (2 times)"
    }
}

Describe 'The colours of <_>' -ForEach 'IpcSharedMemorySegment', 'IpcMessageQueue' {
    It 'are those of $PSStyle, and are not there where output is plain' {
        $rendering = $PSStyle.OutputRendering
        try {
            $PSStyle.OutputRendering = 'Ansi'
            foreach ($format in 'Format-Table', 'Format-List') {
                $text = $objects[$_] | & $format | Out-String
                $text.Contains("$($PSStyle.Formatting.Error)InUse$($PSStyle.Reset)") | Should -BeTrue
                $text.Contains("$($PSStyle.Formatting.Warning)Stale$($PSStyle.Reset)") | Should -BeTrue
            }
            $PSStyle.OutputRendering = 'PlainText'
            $objects[$_] | Format-Table | Out-String | Should -Not -Match '\x1b'
        }
        finally { $PSStyle.OutputRendering = $rendering }
    }
}
