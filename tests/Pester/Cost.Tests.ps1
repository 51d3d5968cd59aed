# What depends on no machine: the system calls that a set costs, and the bytes.
BeforeAll {
    Import-Module $PSScriptRoot/Sandbox.psm1

    # Runs a script in a shell and an IPC namespace of their own, with so many sets. Before may use them first.
    function Invoke-Alone ([string] $Script, [int] $Sets, [int] $Semaphores = 1, [string] $Operation = '', [string[]] $Tracer = @()) {
        $make = 'for (1..shift) { my $id = semget(0, $ARGV[0], 0600) // die $!; ' + $Operation + ' }'
        $prefix = 'unshare', '--ipc', 'sh', '-c', ('perl -e ''{0}'' {1} {2} && exec "$@"' -f $make, $Sets, $Semaphores), 'sh'
        Invoke-ChildShell $Script -Prefix ($prefix + $Tracer)
    }

    # How often a script calls semctl(2).
    function Measure-Call ([string] $Script, [int] $Sets, [int] $Semaphores = 1, [string] $Operation = '') {
        $trace = "$TestDrive/trace"
        $tracer = 'strace', '--follow-forks', '--seccomp-bpf', '--quiet=all', '--trace=semctl', '--output', $trace
        $said = Invoke-Alone "`$null = & { $Script }; 'done'" -Sets $Sets -Semaphores $Semaphores -Operation $Operation -Tracer $tracer
        $said | Should -BeExactly 'done'
        (Select-String -LiteralPath $trace -Pattern 'semctl\(' -Raw | Measure-Object).Count
    }

    # semop(2): it leaves a last process, which has ended by then.
    $script:use = 'semop($id, pack(q(s!3), 0, 1, 0)) or die $!'
    $script:remove = 'Get-IpcSemaphore | Remove-IpcSemaphore -AllowStale -Confirm:$false'
}

Describe 'System calls' {
    # SEM_INFO, by which the kernel tells how many there are, and once more where that wasn't what was found.
    It 'Get-IpcSemaphore makes <Calls> for each of <Sets> sets of <Semaphores> semaphores, used: <IsUsed>' -ForEach @(
        @{ Sets = 2000; Semaphores = 1; Calls = 5; IsUsed = $false }
        @{ Sets = 2000; Semaphores = 1; Calls = 6; IsUsed = $true }
        @{ Sets = 20; Semaphores = 100; Calls = 302; IsUsed = $false }
        @{ Sets = 20; Semaphores = 100; Calls = 303; IsUsed = $true }
    ) {
        Assert-Strace
        $operation = if ($IsUsed) { $use } else { '' }
        $made = Measure-Call 'Get-IpcSemaphore' -Sets $Sets -Semaphores $Semaphores -Operation $operation
        $made - $Sets * $Calls | Should -BeIn 1, 2
    }

    It 'Remove-IpcSemaphore makes <Calls> more for each, used: <IsUsed>' -ForEach @(
        @{ Calls = 11; IsUsed = $false }, @{ Calls = 12; IsUsed = $true }
    ) {
        Assert-Strace
        $operation = if ($IsUsed) { $use } else { '' }
        $listed = Measure-Call 'Get-IpcSemaphore' -Sets 500 -Operation $operation
        $all = Measure-Call $remove -Sets 500 -Operation $operation
        $all - $listed - 500 * $Calls | Should -BeIn -1, 0, 1
    }
}

Describe 'Bytes' {
    BeforeAll {
        # After the first, which pays for the compiler. Kept: what the objects alone hold. A removal that takes longer than
        # a second, on a busy machine, also pays for another look at the processes.
        $script:bytes = @{}
        foreach ($sets in 2000, 8000) {
            $said = Invoke-Alone -Sets $sets -Operation $use -Script @'
                $null = Get-IpcSemaphore; Get-IpcSemaphore | Select-Object -First 5 | Remove-IpcSemaphore -AllowStale -WhatIf
                function Get-Allocated { [GC]::GetTotalAllocatedBytes($true) }
                $before = Get-Allocated; $null = Get-IpcSemaphore; $listed = (Get-Allocated) - $before
                $before = [GC]::GetTotalMemory($true); $all = Get-IpcSemaphore; $kept = [GC]::GetTotalMemory($true) - $before
                $before = Get-Allocated; $all | Remove-IpcSemaphore -AllowStale -Confirm:$false; $removed = (Get-Allocated) - $before
                "$listed $kept $removed $($all.Count)"
'@
            $listed, $kept, $removed, $count = [long[]]($said.Split("`n")[-1] -split ' ')
            $count | Should -Be $sets
            $bytes[$sets] = @{ Listed = $listed / $sets; Kept = $kept / $sets; Removed = $removed / $sets }
        }
    }

    It 'A set that is <_.Key> costs at most <_.Value>' -ForEach @(@{ Listed = 1200; Kept = 500; Removed = 3200 }.GetEnumerator()) {
        $bytes[8000][$_.Key] | Should -BeLessOrEqual $_.Value
        $bytes[8000][$_.Key] | Should -BeGreaterThan 0
    }

    It 'Of four times the sets each costs no more, <_>' -ForEach 'Listed', 'Kept', 'Removed' {
        $bytes[8000][$_] | Should -BeLessOrEqual ($bytes[2000][$_] * 1.2)
    }
}
