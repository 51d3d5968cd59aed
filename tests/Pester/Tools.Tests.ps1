# The facts beside those of ipcs and lsipc, on objects that chance has made; where those tools don't tell, the kernel's own
# table decides.
BeforeAll {
    Import-Module $PSScriptRoot/Sandbox.psm1

    # Perl makes them, so that it is the kernel's calls that all are compared with: owners, modes, sizes, keys and uses by
    # chance. What it attaches it stays attached to until the end.
    $script:seed = Get-Random -Maximum 1000000
    $script:user = Get-FreshUser
    $make = @'
        ($seed, $user, $at) = @ARGV; srand $seed; $| = 1; alarm 600;
        sub as { my ($who, $what) = @_; $) = "$who $who"; $> = $who; my $id = $what->(); $> = 0; $) = "0 0"; $id // die $! }
        for my $turn (1 .. 25) {
            my $who = (0, $user, $user + 1)[rand 3];
            my $mode = int(rand 512) | 01000;
            my $key = rand() < 0.5 ? 0 : int(rand 4294967296) - 2147483648;
            my $set = as($who, sub { semget $key, 1 + int rand 9, $mode });
            semop $set, pack 's3', 0, 1 + int rand 9, 0 or die if rand() < 0.5;
            my $segment = as($who, sub { shmget $key, 1 + int rand 100000, $mode });
            if (rand() < 0.6) { syscall($at, $segment, 0, 0) == -1 and die for 1 .. 1 + rand 3 }
            shmread $segment, my $bytes, 0, 1 or die if rand() < 0.3;
            shmctl $segment, 11, 0 or die if rand() < 0.2;
            shmctl $segment, 0, 0 or die if rand() < 0.2;
            my $queue = as($who, sub { msgget $key, $mode });
            for (1 .. rand 5) { msgsnd $queue, pack('l! a*', 1 + rand 9, 'x' x rand 1000), 0 or die }
            msgrcv $queue, my $message, 1000, 0, 04000 if rand() < 0.3;
        }
        print "ready\n"; sleep 600;
'@
    $script:process = Add-Process -Command perl -ArgumentList '-e', $make, '--', $seed, $user, $(if ((& uname -m) -eq 'aarch64') { 196 } else { 30 })

    function Get-Lsipc ([string] $Option, [string[]] $Column) {
        # It has a line for each object, or none at all.
        $json = & lsipc $Option --json --bytes --time-format iso --output "KEY,ID,PERMS,CTIME,CUID,CGID,UID,GID,$($Column -join ',')" | ConvertFrom-Json
        @($json.PSObject.Properties.Value | Sort-Object { [int]$_.id })
    }

    function Get-Table ([string] $Table) {
        $lines = [IO.File]::ReadAllLines("/proc/sysvipc/$Table")
        $names = -split $lines[0]
        $rows = foreach ($line in $lines | Select-Object -Skip 1) {
            $row = @{}
            $values = -split $line
            for ($i = 0; $i -lt $names.Length; $i++) { $row[$names[$i]] = [long]$values[$i] }
            $row
        }
        @($rows | Sort-Object { $_.$($names[1]) })
    }

    function ConvertTo-Text ($Time) { if ($Time) { '{0:yyyy-MM-ddTHH:mm:sszzz}' -f [datetime]$Time } }

    # lsipc gives no time for 0, and the same text that ConvertFrom-Json has made a time of.
    function Compare-Time ($Ours, $Theirs) { ConvertTo-Text $Ours | Should -Be (ConvertTo-Text $Theirs) }

    function Compare-Common ($Objects, $Lines) {
        $Objects.Count | Should -BeGreaterThan 10 -Because "the seed is $seed"
        $Objects.Id | Should -Be ([int[]]$Lines.id)
        for ($i = 0; $i -lt $Objects.Count; $i++) {
            $object, $line = $Objects[$i], $Lines[$i]
            $object.KeyText | Should -Be $line.key
            $object.Permissions | Should -Be $line.perms
            $object.OwnerId, $object.GroupId, $object.CreatorId, $object.CreatorGroupId | Should -Be ([uint[]]($line.uid, $line.gid, $line.cuid, $line.cgid))
            Compare-Time $object.ChangeTime $line.ctime
        }
    }
}

AfterAll { Clear-Sandbox }

Describe 'Beside lsipc and the kernel' {
    It 'semaphore sets have the same facts' {
        $sets = @(Get-IpcSemaphore)
        $lines = Get-Lsipc -Option -s -Column NSEMS, OTIME
        Compare-Common $sets $lines
        for ($i = 0; $i -lt $sets.Count; $i++) {
            $sets[$i].SemaphoreCount | Should -Be $lines[$i].nsems
            Compare-Time $sets[$i].LastOperationTime $lines[$i].otime
        }
    }

    It 'segments have the same facts' {
        $segments = @(Get-IpcSharedMemory -IncludeProcess)
        $lines = Get-Lsipc -Option -m -Column SIZE, NATTCH, STATUS, ATTACH, DETACH, CPID, LPID
        Compare-Common $segments $lines
        $rows = Get-Table shm
        for ($i = 0; $i -lt $segments.Count; $i++) {
            $segment, $line, $row = $segments[$i], $lines[$i], $rows[$i]
            $segment.Size, $segment.AttachCount | Should -Be ([long[]]($line.size, $line.nattch))
            $segment.CreatorProcess.Id | Should -Be $line.cpid
            [int]$segment.LastProcess.Id | Should -Be $line.lpid
            Compare-Time $segment.AttachTime $line.attach
            Compare-Time $segment.DetachTime $line.detach
            # lsipc's STATUS has both words in one.
            $segment.IsMarkedForRemoval | Should -Be ("$($line.status)" -like '*dest*')
            $segment.IsLocked | Should -Be ("$($line.status)" -like '*locked*')
            # The tools don't tell what is in memory, but for all segments together.
            $segment.ResidentSize, $segment.SwappedSize | Should -Be $row.rss, $row.swap
            ($segment.AttachedProcesses | Measure-Object AttachCount -Sum).Sum | Should -Be ($segment.AttachCount ? $segment.AttachCount : $null)
        }
        @($segments | Where-Object IsMarkedForRemoval).Count | Should -BeGreaterThan 0 -Because "the seed is $seed"
    }

    It 'queues have the same facts' {
        $queues = @(Get-IpcMessageQueue)
        $lines = Get-Lsipc -Option -q -Column USEDBYTES, MSGS, SEND, RECV, LSPID, LRPID
        Compare-Common $queues $lines
        for ($i = 0; $i -lt $queues.Count; $i++) {
            $queue, $line = $queues[$i], $lines[$i]
            $queue.UsedSize, $queue.MessageCount | Should -Be ([long[]]($line.usedbytes, $line.msgs))
            [int]$queue.LastSender.Id, [int]$queue.LastReceiver.Id | Should -Be ([int[]]($line.lspid, $line.lrpid))
            Compare-Time $queue.SendTime $line.send
            Compare-Time $queue.ReceiveTime $line.recv
            $queue.MaxSize | Should -Be ([long][IO.File]::ReadAllText('/proc/sys/kernel/msgmnb'))
        }
    }
}

Describe 'Beside ipcs' {
    It 'the list of <Get> has the same objects, owners and contents' -ForEach @(
        @{ Get = 'Get-IpcSemaphore'; Option = '-s'; Property = 'SemaphoreCount' }
        @{ Get = 'Get-IpcSharedMemory'; Option = '-m'; Property = 'Size', 'AttachCount' }
        @{ Get = 'Get-IpcMessageQueue'; Option = '-q'; Property = 'UsedSize', 'MessageCount' }
    ) {
        # Owners are cut after ten characters there, and the key of what is marked for removal is 0.
        $lines = & ipcs $Option | Where-Object { $_ -like '0x*' } | ForEach-Object { (-split $_)[0..(3 + @($Property).Count)] -join ' ' } | Sort-Object
        $ours = & $Get | ForEach-Object {
            $object = $_
            $owner = $object.Owner.Substring(0, [math]::Min(10, $object.Owner.Length))
            "$($object.KeyText) $($object.Id) $owner $([Convert]::ToString([Convert]::ToInt32($object.Mode, 8), 8)) $(@($Property | ForEach-Object { $object.$_ }) -join ' ')"
        } | Sort-Object
        @($lines).Count | Should -BeGreaterThan 10
        $ours | Should -Be $lines
    }
}
