BeforeAll {
    Import-Module $PSScriptRoot/Sandbox.psm1
    $script:user = Get-FreshUser
    $script:spacedUser = Get-FreshUser
    $script:keyed = Add-SemaphoreSet -User 0 -Key 0xbeef -Count 2
    $script:used = Add-UsedSet
    $script:leftover = Add-Leftover -User $user
    $script:spaced = Add-SemaphoreSet -User $spacedUser -Key 0
    Wait-RecentUse

    function Get-Completion ([string] $Line) { (TabExpansion2 $Line $Line.Length).CompletionMatches }

    # On a busy machine there may be no time for a status: nobody who types is kept waiting.
    function Get-JudgedTip ([string] $Line, [string] $Text) {
        foreach ($try in 1..50) {
            $tip = (Get-Completion $Line | Where-Object CompletionText -EQ $Text).ToolTip
            if ($tip -match ', (InUse|Stale|Orphaned|Unknown)$') { return $tip }
        }
        $tip
    }
}

AfterAll { Clear-Sandbox }

Describe 'Completion of <_>' -ForEach 'Get-IpcSemaphore', 'Remove-IpcSemaphore' {
    It 'offers the ids, with owner, count and status' {
        $offered = Get-Completion "$_ -Id "
        $offered.CompletionText | Should -Be $keyed, $used, $leftover, $spaced
        Get-JudgedTip "$_ -Id " $keyed | Should -Be 'root, 2 semaphores, Stale'
        Get-JudgedTip "$_ -Id " $used | Should -BeLike '*, 1 semaphore, InUse'
    }

    It 'offers the ids without a parameter name, by alias, and in a pipeline' {
        Set-Alias short $_
        foreach ($line in "$_ ", 'short ', "1 | $_ -Id ", "if (`$x) { $_ -Id 1 }; PSSysVIpc\$_ ") {
            @(Get-Completion $line).Count | Should -Be 4
        }
    }

    It 'does not offer again what stands in the list already' {
        foreach ($typed in "$keyed,", "$keyed, ", "${keyed}, $used, ", "'$keyed',") {
            $rest = @($keyed, $used, $leftover, $spaced | Where-Object { $typed -notmatch "\b$_\b" })
            foreach ($line in "$_ -Id $typed", "$_ $typed", "$_ -Id:$typed", "1 | $_ -WhatIf:`$false -Id $typed") {
                (Get-Completion $line).CompletionText | Should -Be $rest -Because $line
            }
        }
        # Wherever the list stands.
        foreach ($line in "$_ -Verbose $keyed,", "$_ -Verbose:`$false $keyed,") {
            (Get-Completion $line).CompletionText | Should -Be $used, $leftover, $spaced -Because $line
        }
        # What is computed is not known before, and what is another parameter's is none of this list.
        foreach ($line in "$_ -Id ($used+$leftover),", "$_ -Id `$x[$used],", "$_ -Id (1..3),") {
            (Get-Completion $line).CompletionText | Should -Be $keyed, $used, $leftover, $spaced -Because $line
        }
        (TabExpansion2 "$_ -Id  -Verbose:$used" "$_ -Id ".Length).CompletionMatches.CompletionText | Should -Be $keyed, $used, $leftover, $spaced
        # What is being typed is in no list yet.
        (Get-Completion "$_ -Id $keyed,$used").CompletionText | Should -Be $used
        (Get-Completion "$_ -Key 0xbeef,0x0000be").CompletionText | Should -BeNullOrEmpty
        (Get-Completion "$_ -Key 48879,").CompletionText | Should -Not -Contain 0x0000beef
        (Get-Completion "$_ -Key 0x1,0xbe").CompletionText | Should -Be 0x0000beef
    }

    It 'tells the status that Get gives' {
        foreach ($id in $keyed, $used, $leftover, $spaced) {
            Get-JudgedTip "$_ $id" $id | Should -BeLike "*, $((Get-IpcSemaphore $id).Status)"
        }
    }

    It 'offers the keys in hex, and nothing for sets without one' {
        foreach ($typed in '0xbe', '0XBE', '0x0000', "'0xbeef") { (Get-Completion "$_ -Key $typed").CompletionText | Should -Be 0x0000beef }
        Get-JudgedTip "$_ -Key 0xbe" 0x0000beef | Should -Be "semaphore set ${keyed}: root, 2 semaphores, Stale"
        (Get-Completion "$_ -Key ").CompletionText | Should -HaveCount 2
    }

    It 'offers nothing for what fits nothing, and leaves no error behind' {
        $Error.Clear()
        foreach ($word in '-Id x', '-Id 99', '-Id [', '-Key nokey', "-Key '") { $null = Get-Completion "$_ $word" }
        Get-Completion "$_ -Id x" | Should -BeNullOrEmpty
        $Error | Should -BeNullOrEmpty
    }
}

Describe 'Completion of Get-IpcSemaphore' {
    It 'offers the owners of what there is, and then the accounts' {
        $offered = Get-Completion 'Get-IpcSemaphore -Owner '
        $owners = (Get-IpcSemaphore).Owner | Sort-Object -Unique -Culture ''
        $offered[0..3].CompletionText | Should -Be $owners
        $offered[4..99].ToolTip | Sort-Object -Unique | Should -Be 'no semaphore set'
        $offered.CompletionText | Should -Contain daemon
        (Get-Completion "Get-IpcSemaphore -Owner '',roo").CompletionText | Should -Be root
        (Get-Completion 'Get-IpcSemaphore -Owner root -Id ').CompletionText | Should -Be $keyed
        (Get-Completion 'Get-IpcSemaphore -Owner root, daemon, ').CompletionText | Should -Be ($offered.CompletionText | Where-Object { $_ -notin 'root', 'daemon' })
    }

    It 'offers what fits the parameters that are there already' {
        (Get-Completion "Get-IpcSemaphore -Owner $user -Id ").CompletionText | Should -Be $leftover
        (Get-Completion "Get-IpcSemaphore -Id $leftover -Owner ").CompletionText | Should -Be $user
        (Get-Completion 'Get-IpcSemaphore -Status InUse -Id ').CompletionText | Should -Be $used
        (Get-Completion 'Get-IpcSemaphore -Owner root -Key ').CompletionText | Should -Be 0x0000beef
    }

    It 'takes a variable for what it holds, and what is not known yet for nothing' {
        $owner = "$user"
        (Get-Completion 'Get-IpcSemaphore -Owner $owner -Id ').CompletionText | Should -Be $leftover
        (Get-Completion 'Get-IpcSemaphore -Owner (Get-Random) -Id ').CompletionText | Should -HaveCount 4
        $owner | Should -Be "$user"
    }

    It 'offers the statuses' {
        (Get-Completion 'Get-IpcSemaphore -Status o').CompletionText | Should -Be Orphaned
        (Get-Completion 'Get-IpcSemaphore -Status ').CompletionText | Sort-Object | Should -Be InUse, Orphaned, Stale, Unknown
    }

    It 'quotes an owner with a blank, and what it offers finds his sets' {
        Set-Content "$TestDrive/passwd" ((Get-Content /etc/passwd) + "DOM\user [x]:x:${spacedUser}:${spacedUser}::/:/bin/false")
        & chmod a+r "$TestDrive/passwd"
        $script = '$text = (TabExpansion2 "Get-IpcSemaphore -Owner dom" 27).CompletionMatches.CompletionText; $text; (Invoke-Expression "Get-IpcSemaphore -Owner $text").Id'
        Invoke-ChildShell $script -Prefix unshare, --mount, sh, -c, 'mount --bind "$0" /etc/passwd && exec "$@"', "$TestDrive/passwd" |
            Should -Be "'DOM\user ``[x``]'`n$spaced"
    }
}
