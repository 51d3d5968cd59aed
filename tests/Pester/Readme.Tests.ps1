BeforeAll {
    Import-Module $PSScriptRoot/Sandbox.psm1
    $script:readme = [IO.File]::ReadAllText([IO.Path]::GetFullPath("$PSScriptRoot/../../README.md"))
    $env:LC_ALL = 'C'

    # The rows below a table's head, each a list of its cells.
    function Get-TableRow ([string] $Head) {
        $lines = $readme -split "`n"
        $first = [array]::IndexOf($lines, $Head)
        if ($first -lt 0) { throw "README.md has no table with the head $Head" }
        foreach ($line in $lines[($first + 2)..($lines.Count - 1)]) {
            if ($line -notlike '|*') { break }
            # A bar within a cell is written \|.
            , @($line.Trim('|') -split '(?<!\\)\|' | ForEach-Object { $_.Replace('\|', '|').Trim() })
        }
    }
    # What stands between backticks.
    function Get-Code ([string] $Text) { [regex]::Matches($Text, '`([^`]+)`') | ForEach-Object { $_.Groups[1].Value } }
    # The words of a cell, with or without parentheses.
    function Get-Word ([string] $Text) { @($Text -split '[\s()]+' | Where-Object { $_ }) }

    $script:tasks = @(Get-TableRow '| you type today | here |')
    $script:options = @(Get-TableRow '| tool | option | here |')
    $script:columns = @(Get-TableRow '| of | lsipc | ipcs | property |')
    $script:lines = @(Get-TableRow '| line | here |')
    $script:commands = @(($tasks + $options + $lines | ForEach-Object { Get-Code $_[-1] }) | Select-Object -Unique)

    # The options that a tool's own help has, but those of POSIX IPC, which newer ones have as well.
    function Get-ToolOption ([string] $Tool) {
        foreach ($line in & $Tool --help) {
            if ($line -cnotmatch 'POSIX' -and $line -cmatch '^\s+((?:-\w, )?--[a-z][a-z-]*|-\w\b)') { $Matches[1] -split ', ' }
        }
    }
    function Get-DocumentedOption ([string] $Tool) {
        foreach ($row in $options | Where-Object { ($_[0] -split ', ') -ccontains $Tool }) { Get-Code $row[1] | Where-Object { $_ -like '-*' } }
    }
    # What the table has in a column for a kind.
    function Get-DocumentedColumn ([string] $Of, [int] $Place) {
        foreach ($row in $columns | Where-Object { $_[0] -in 'all', $Of }) { Get-Word $row[$Place] }
    }

    # An object of each kind with the id 5 and the key 0x5eed, and a set more: what the table's commands speak of.
    $script:owner = (Get-Content /etc/passwd) -like 'www-data:*' ? 'www-data' : 'root'
    $script:ownerId = [uint32](& id -u $owner)
    foreach ($id in 5, 6) { $null = Add-SemaphoreSet -User $ownerId -Id $id -Key ($id -eq 5 ? 0x5eed : 0) }
    [IO.File]::WriteAllText('/proc/sys/kernel/shm_next_id', '5')
    [IO.File]::WriteAllText('/proc/sys/kernel/msg_next_id', '5')
    $null = Invoke-AsUser -User $ownerId -Command perl -ArgumentList '-e', '
        defined shmget(0x5eed, 4096, 01600) && defined($id = msgget(0x5eed, 01600)) && msgsnd($id, pack("l! a*", 1, "x"), 0) or die "$!"'
}

AfterAll {
    Clear-Sandbox
    & ipcrm --all
}

Describe 'README, from ipcs, ipcrm and lsipc to objects' {
    It 'has every option of <_>, and no other' -ForEach 'ipcs', 'ipcrm', 'lsipc' {
        $known = @(Get-ToolOption $_)
        $documented = @(Get-DocumentedOption $_)
        $known.Count | Should -BeGreaterThan 15
        $known | Where-Object { $documented -cnotcontains $_ } | Should -BeNullOrEmpty -Because 'each option stands in the table'
        $documented | Where-Object { $known -cnotcontains $_ } | Should -BeNullOrEmpty -Because 'the tool has each option of the table'
    }

    It 'has what ipcrm took of old' {
        $words = @((& ipcrm --help) -match '^\s*ipcrm \S*\|' | ForEach-Object { (-split $_)[1] -split '\|' })
        $words | Should -Be shm, msg, sem
        $row = @($options | Where-Object { $_[0] -eq 'ipcrm' -and $_[1] -notmatch '`-' })
        $row.Count | Should -Be 1
        foreach ($word in $words) { Get-Code $row[0][1] | Should -Contain $word }
    }

    It 'has every column of lsipc' {
        $of = ''
        $found = @(foreach ($line in & lsipc --help) {
                if ($line -cmatch '^(\S.*) columns') {
                    $of = switch -Wildcard -CaseSensitive ($Matches[1]) { Gen* { 'all' } Shared* { 'segments' } Message* { 'queues' } Semaphore* { 'sets' } Summary* { 'limits' } default { '' } }
                }
                elseif ($of -and $line -cmatch '^\s+([A-Z]+%?)\s') { , @($of, $Matches[1]) }
            })
        $found.Count | Should -BeGreaterThan 30
        ($found | ForEach-Object { $_[0] } | Select-Object -Unique).Count | Should -Be 5
        foreach ($column in $found) { Get-DocumentedColumn $column[0] 1 | Should -Contain $column[1] }
        # Those of a set's semaphores stand in no help.
        $elements = -split ((& lsipc --semaphores --id 5) -cmatch '^SEMNUM')[0]
        $elements.Count | Should -BeGreaterThan 4
        foreach ($column in $elements) { Get-DocumentedColumn sets 1 | Should -Contain $column }
    }

    It 'has every column of ipcs, of <Of>' -ForEach @(
        @{ Of = 'segments'; Kind = '--shmems'; Head = 'shmid' }
        @{ Of = 'queues'; Kind = '--queues'; Head = 'msqid' }
        @{ Of = 'sets'; Kind = '--semaphores'; Head = 'semid' }
    ) {
        $documented = @(Get-DocumentedColumn $Of 2)
        $found = @(foreach ($option in '--all', '--time', '--pid', '--creator', '--human', '--bytes') {
                (& ipcs $Kind $option) -cmatch "^(key\s+)?$Head\b" | ForEach-Object { -split $_ }
            })
        $found.Count | Should -BeGreaterThan 15
        $found | Where-Object { $documented -cnotcontains $_ } | Should -BeNullOrEmpty

        # And what it says of one.
        $details = @(& ipcs $Kind --id 5)
        $named = @($details | ForEach-Object { [regex]::Matches($_, '([a-z_]+)\s?=') } | ForEach-Object { $_.Groups[1].Value }) + @($details -cmatch '^semnum' | ForEach-Object { -split $_ })
        $named.Count | Should -BeGreaterThan 8
        $named | Where-Object { $documented -cnotcontains $_ -and $_ -cne $Head } | Should -BeNullOrEmpty
    }

    It 'has every line of ipcs <_>' -ForEach '--limits', '--summary' {
        $found = @(& ipcs $_ | Where-Object { $_ -cmatch '^[A-Za-z]' } | ForEach-Object { $_ -creplace '\s*(=|:|\d).*' })
        $found.Count | Should -BeGreaterThan 9
        foreach ($line in $found) { $lines | ForEach-Object { $_[0] } | Should -Contain $line }
    }

    It 'names only properties that there are, and all of each kind' {
        foreach ($type in [PSSysVIpc.IpcSemaphoreSet], [PSSysVIpc.IpcSharedMemorySegment], [PSSysVIpc.IpcMessageQueue], [PSSysVIpc.IpcLimit]) {
            $of = @{ IpcSemaphoreSet = 'sets'; IpcSharedMemorySegment = 'segments'; IpcMessageQueue = 'queues'; IpcLimit = 'limits' }[$type.Name]
            $mine = $of -eq 'limits' ? @('limits') : @('all', $of)
            $documented = @($columns | Where-Object { $_[0] -in $mine } | ForEach-Object { Get-Code $_[3] })
            $there = @($type.GetProperties().Name)
            $documented.Count | Should -BeGreaterOrEqual 5
            $documented | Where-Object { $there -cnotcontains $_ } | Should -BeNullOrEmpty -Because "$type has what the table names"
            if ($of -ne 'limits') { $there | Where-Object { $documented -cnotcontains $_ } | Should -BeNullOrEmpty -Because "the table names what $type has" }
        }
    }

    It 'names only cmdlets and parameters that there are, and every cmdlet of the three kinds' {
        $used = foreach ($command in $commands) {
            $problems = $null
            $tree = [Management.Automation.Language.Parser]::ParseInput($command, [ref]$null, [ref]$problems)
            $problems | Should -BeNullOrEmpty -Because $command
            foreach ($call in $tree.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true)) {
                $known = Get-Command $call.GetCommandName() -ErrorAction Ignore
                $known | Should -Not -BeNullOrEmpty -Because $command
                $known.Name
                foreach ($parameter in $call.CommandElements | Where-Object { $_ -is [Management.Automation.Language.CommandParameterAst] }) {
                    # Where-Object's comparisons are parameters, too.
                    $known.Parameters.Keys | Should -Contain $parameter.ParameterName -Because $command
                }
            }
        }
        $cmdlets = (Get-Module PSSysVIpc).ExportedCmdlets.Keys | Where-Object { $_ -match '^(Get|Remove)-Ipc(Semaphore|SharedMemory|MessageQueue)$' }
        $cmdlets.Count | Should -Be 6
        $cmdlets | Where-Object { $used -cnotcontains $_ } | Should -BeNullOrEmpty
    }

    It 'has commands that work' {
        $gets = @($commands | Where-Object { $_ -cnotmatch 'Remove-' })
        $gets.Count | Should -BeGreaterThan 40
        foreach ($command in $gets) {
            $seen = Invoke-Collecting ([scriptblock]::Create(($command -replace 'www-data', $owner)))
            $seen.Error | Should -BeNullOrEmpty -Because $command
            # Nothing here is an hour old, or has a key that begins so, and nobody is attached or waits.
            if ($command -cnotmatch 'Where-Object|Processes$') { $seen.Output | Should -Not -BeNullOrEmpty -Because $command }
        }
    }
}
