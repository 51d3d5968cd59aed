<#
    What the test files share: real semaphore sets of users that nobody else is, and real processes that use them.

    Loading it is the guard: it throws unless Invoke-Suite.ps1 has vouched for this IPC namespace. Everything below
    makes and removes objects, and the machine's own must stay out of reach.
#>
$ErrorActionPreference = 'Stop'

$namespace = (Get-Item -LiteralPath /proc/self/ns/ipc).LinkTarget
if ($namespace -eq 'ipc:[4026531839]' -or $env:PSSYSVIPC_TEST_NAMESPACE -ne $namespace) {
    throw 'These tests make and remove IPC objects, and run in a fresh IPC namespace only. Start them with Invoke-Suite.ps1.'
}

$moduleManifest = [IO.Path]::GetFullPath("$PSScriptRoot/../../artifacts/module/PSSysVIpc/PSSysVIpc.psd1")
$processes = [Collections.Generic.List[Diagnostics.Process]]::new()

# Ids far beyond any account, and apart from those of another run at the same time: a process that happens to run as
# one of them would make a leftover look used.
$lastUser = 1500000000 + $PID % 100000 * 1000

# The few system calls, as Perl has them. Its semget reads the key as a signed number.
$perlOperate = 'semop($ARGV[0], pack("s!3", $ARGV[1], $ARGV[2], 0)) or die "semop: $!"'
$perlMake = 'print semget($ARGV[0], $ARGV[1], oct($ARGV[2]) | 01000) // die "semget: $!"'
$perlMakeAny = @{
    sem = 'print semget($ARGV[0], 1, oct($ARGV[1]) | 03000) // die "semget: $!"'
    shm = 'print shmget($ARGV[0], 4096, oct($ARGV[1]) | 03000) // die "shmget: $!"'
    msg = 'print msgget($ARGV[0], oct($ARGV[1]) | 03000) // die "msgget: $!"'
}
$perlUseAny = @{
    sem = 'semop($ARGV[0], pack("s!3", 0, 1, 0)) or die "semop: $!"'
    shm = 'shmread($ARGV[0], $bytes, 0, 1) or die "shmread: $!"'
    msg = 'msgsnd($ARGV[0], pack("l! a*", 1, "text"), 0) or die "msgsnd: $!"'
}
$lastKey = 0x70000000
$perlAwaitWaiter = 'for (1 .. 500) { exit if semctl($ARGV[0], $ARGV[1], 14, 0) > 0; select(undef, undef, undef, 0.02) } die "nobody waits"'

function Get-ModuleManifestPath { $moduleManifest }

<# A user and group id that no process of the machine has. #>
function Get-FreshUser { (++$script:lastUser) }

function Invoke-AsUser {
    param([uint32] $User, [string] $Command, [string[]] $ArgumentList)
    $output = & setpriv --reuid $User --regid $User --clear-groups $Command @ArgumentList
    if ($LASTEXITCODE -ne 0) { throw "$Command $ArgumentList as $User failed with $LASTEXITCODE." }
    $output
}

<#
    Makes a set and returns its id. Without -Key by ipcmk, which chooses a key; -Key 0 makes one without a key.
    With -Id the set gets just that id.
#>
function Add-SemaphoreSet {
    [OutputType([int])]
    param([uint32] $User, [int] $Count = 1, [string] $Mode = '0600', [uint32] $Key, [int] $Id = -1)
    if ($Id -ge 0) { [IO.File]::WriteAllText('/proc/sys/kernel/sem_next_id', "$Id") }
    if ($PSBoundParameters.ContainsKey('Key')) {
        $signedKey = [BitConverter]::ToInt32([BitConverter]::GetBytes($Key), 0)
        $made = Invoke-AsUser -User $User -Command perl -ArgumentList '-e', $perlMake, '--', $signedKey, $Count, $Mode
    }
    else {
        $made = (Invoke-AsUser -User $User -Command ipcmk -ArgumentList '--semaphore', $Count, '--mode', $Mode) -replace '\D'
    }
    if ($Id -ge 0 -and [int]$made -ne $Id) { throw "The set got the id $made and not $Id." }
    [int]$made
}

<#
    Makes an object of any kind, by a process that exits, and returns its id: a set of one semaphore, a segment of a
    page, a queue. Without -Key it gets one of its own; -Key 0 is none. With -Id it gets just that id.
#>
function Add-KernelObject {
    [OutputType([int])]
    param([ValidateSet('sem', 'shm', 'msg')] [string] $Table, [uint32] $User, [string] $Mode = '0600', [uint32] $Key = (++$script:lastKey), [int] $Id = -1)
    if ($Id -ge 0) { [IO.File]::WriteAllText("/proc/sys/kernel/${Table}_next_id", "$Id") }
    $signedKey = [BitConverter]::ToInt32([BitConverter]::GetBytes($Key), 0)
    $made = Invoke-AsUser -User $User -Command perl -ArgumentList '-e', $perlMakeAny[$Table], '--', $signedKey, $Mode
    if ($Id -ge 0 -and [int]$made -ne $Id) { throw "It got the id $made and not $Id." }
    [int]$made
}

<# Uses one, by a process that exits: an operation on the semaphore, an attach and a detach, a message. #>
function Invoke-KernelObjectUse {
    param([ValidateSet('sem', 'shm', 'msg')] [string] $Table, [int] $Id, [uint32] $User)
    Invoke-AsUser -User $User -Command perl -ArgumentList '-e', $perlUseAny[$Table], '--', $Id
}

<# One operation on a semaphore, by a process that exits. #>
function Invoke-SemaphoreOperation {
    param([int] $Id, [uint32] $User, [int] $Index = 0, [int] $Operation = 1)
    Invoke-AsUser -User $User -Command perl -ArgumentList '-e', $perlOperate, '--', $Id, $Index, $Operation
}

<# A set without a key that a process of its own user has operated on, and exited: what a crashed server leaves. #>
function Add-Leftover {
    [OutputType([int])]
    param([uint32] $User = (Get-FreshUser), [int] $Count = 1)
    $id = Add-SemaphoreSet -User $User -Key 0 -Count $Count
    Invoke-SemaphoreOperation -Id $id -User $User
    $id
}

<# A set that stays Stale: it has a key, by which a later run of its program could open it. #>
function Add-StaleSet {
    [OutputType([int])]
    param()
    Add-SemaphoreSet -User (Get-FreshUser)
}

<# A set that a process waits on. #>
function Add-UsedSet {
    [OutputType([int])]
    param()
    $user = Get-FreshUser
    $id = Add-SemaphoreSet -User $user
    $null = Add-SemaphoreUser -Task Wait -Id $id -User $user
    $id
}

<#
    A process that lives until Clear-Sandbox: Hold operates on the set and stays, Wait waits for its value to rise,
    Idle does nothing and is only there.
#>
function Add-SemaphoreUser {
    [OutputType([Diagnostics.Process])]
    param([int] $Id, [uint32] $User, [int] $Index = 0, [Parameter(Mandatory)] [ValidateSet('Hold', 'Wait', 'Idle')] [string] $Task)
    # The alarm ends it should this run be killed.
    $script = switch ($Task) {
        Hold { "$perlOperate; print qq(ready\n); sleep 600" }
        # That the set is removed meanwhile is what some tests are about: no complaint.
        Wait { "close STDERR; print qq(ready\n); $perlOperate" }
        Idle { 'print qq(ready\n); sleep 600' }
    }
    $operation = $Task -eq 'Wait' ? -1 : 1
    $process = Add-Process -Command setpriv -ArgumentList '--reuid', $User, '--regid', $User, '--clear-groups', 'perl', '-e', "`$| = 1; alarm 600; $script", '--', $Id, $Index, $operation
    if ($Task -eq 'Wait') {
        & perl -e $perlAwaitWaiter $Id $Index
        if ($LASTEXITCODE -ne 0) { throw 'The process that should wait does not.' }
    }
    $process
}

<# A process that says "ready", and lives until Clear-Sandbox. #>
function Add-Process {
    [OutputType([Diagnostics.Process])]
    param([string] $Command, [string[]] $ArgumentList)
    $start = [Diagnostics.ProcessStartInfo]::new($Command)
    $start.RedirectStandardOutput = $true
    foreach ($argument in $ArgumentList) { $start.ArgumentList.Add($argument) }
    $process = [Diagnostics.Process]::Start($start)
    $processes.Add($process)
    if ($process.StandardOutput.ReadLine() -ne 'ready') { throw 'The process that should use an object has ended.' }
    $process
}

<#
    A process that lives until Clear-Sandbox and has two segments attached, one of them twice, has made one of 2^62 bytes
    with the largest id, and has sent to a queue that its child waits on for messages of type 7.
#>
function Add-MemoryUser {
    [OutputType([Diagnostics.Process])]
    param([uint32] $User)
    # Where there is no memory for it, it has to be asked for without.
    $script = @'
        ($user, $at) = @ARGV; $| = 1; alarm 600; $) = "$user $user"; $> = $user;
        sub attach { syscall($at, $_[0], 0, 0) == -1 and die "shmat: $!" }
        $queue = msgget(0x5eed, 01600) // die $!;
        $child = fork or do { msgrcv $queue, $message, 100, 7, 0; exit };
        # Of another user's process even its own parent sees nothing there.
        $> = 0; select undef, undef, undef, 0.05 until `cat /proc/$child/wchan` =~ /do_msgrcv/; $> = $user;
        for ("hello\nworld", "\e[31m\xe2\x80\xae", '') { msgsnd $queue, pack('l! a*', 1 << 40, $_), 0 or die $! }
        $id = shmget(0x5eed, 4096, 01600) // die $!; attach($id) for 1 .. 2;
        attach(shmget(0, 100000000, 011600) // die $!);
        $> = 0; open my $next, '>', '/proc/sys/kernel/shm_next_id'; print $next 2147483647; close $next; $> = $user;
        shmget(0, 1 << 62, 011600) // die $!;
        print "ready\n"; sleep 600
'@
    Add-Process -Command perl -ArgumentList '-e', $script, '--', $User, $(if ((& uname -m) -eq 'aarch64') { 196 } else { 30 })
}

<# Until the 10 seconds of doubt after the last use are over. #>
function Wait-RecentUse { Start-Sleep -Seconds 11 }

<# The kernel's own list, so that what the module says is checked against something else. #>
function Get-KernelId {
    [OutputType([int])]
    param([ValidateSet('sem', 'shm', 'msg')] [string] $Table = 'sem')
    foreach ($line in [IO.File]::ReadAllLines("/proc/sysvipc/$Table") | Select-Object -Skip 1) {
        [int](-split $line)[1]
    }
}

<# Runs a script and keeps all of it: output, errors and warnings, also when an error ended it. #>
function Invoke-Collecting {
    [CmdletBinding()]
    param([scriptblock] $Script)
    # The suite stops at errors, so that a test can't overlook one; here they are looked at, as a user would see them.
    $callersVariables = $PSCmdlet.SessionState.PSVariable
    $preference = $callersVariables.GetValue('ErrorActionPreference')
    $callersVariables.Set('ErrorActionPreference', 'Continue')
    $all = [Collections.Generic.List[object]]::new()
    $ended = $false
    try {
        & $Script 2>&1 3>&1 | ForEach-Object { $all.Add($_) }
    }
    catch {
        $all.Add($_)
        $ended = $true
    }
    finally {
        $callersVariables.Set('ErrorActionPreference', $preference)
    }
    $errorRecords = @($all | Where-Object { $_ -is [Management.Automation.ErrorRecord] })
    [pscustomobject]@{
        Output     = @($all | Where-Object { $_ -isnot [Management.Automation.ErrorRecord] -and $_ -isnot [Management.Automation.WarningRecord] })
        Error      = $errorRecords
        ErrorId    = @($errorRecords | ForEach-Object { $_.FullyQualifiedErrorId -replace ',.*' })
        Warning    = @($all | Where-Object { $_ -is [Management.Automation.WarningRecord] })
        Terminated = $ended
    }
}

<#
    The text a script writes in a pwsh of its own in this IPC namespace, the module loaded; with -Prefix under
    another command (setpriv, unshare), with -Answer for what it asks.
#>
function Invoke-ChildShell {
    param([string] $Script, [string[]] $Prefix = @('env'), [string] $Manifest = $moduleManifest, [string] $Answer)
    $pwsh = Join-Path $PSHOME pwsh
    $arguments = @($Prefix | Select-Object -Skip 1) + $pwsh + '-NoProfile'
    $command = "Import-Module '$Manifest'; $Script"
    $text = if ($Answer) { $Answer | & $Prefix[0] @arguments -Command $command 2>&1 }
    else { & $Prefix[0] @arguments -NonInteractive -Command $command 2>&1 }
    @($text) -join "`n"
}

<# What an SSH server of the tests' own needs, and who logs in to it: keys, and its configuration. #>
function Add-SshFolder {
    param([string] $Path)
    $folder = (New-Item -ItemType Directory $Path).FullName
    foreach ($key in 'host', 'user') { & ssh-keygen -q -t ed25519 -N '' -f "$folder/$key" }
    Set-Content "$folder/configuration" @"
HostKey $folder/host
AuthorizedKeysFile $folder/user.pub
StrictModes no
UsePAM no
Subsystem powershell $(Join-Path $PSHOME pwsh) -sshs -NoProfile
"@
    $folder
}

<# An object of ours as a later reading would find it, with other values. It takes reflection: they can only be read. #>
function Copy-Record ([object] $Record, [hashtable] $Value) {
    $copy = $Record.PSObject.BaseObject
    foreach ($name in $Value.Keys) {
        $copy = Copy-Changed -From $copy -Name $name -Value $Value[$name]
        if (-not $copy) { throw "It has no $name." }
    }
    $copy
}

# Nothing where there is no such value, be it in what the object is made from.
function Copy-Changed ([object] $From, [string] $Name, [object] $Value) {
    $private = [Reflection.BindingFlags]'Instance, NonPublic'
    $copy = [object].GetMethod('MemberwiseClone', $private).Invoke($From, @())
    $fields = for ($class = $copy.GetType(); $class; $class = $class.BaseType) { $class.GetFields($private) }
    $own = $fields | Where-Object Name -In "<$Name>k__BackingField", "<$($Name.Substring(0, 1).ToLowerInvariant())$($Name.Substring(1))>P"
    if ($own) {
        $own.SetValue($copy, $Value)
        return $copy
    }
    # What all kinds have comes first: the parts of an object have an Id, too.
    $parts = $fields | Where-Object { $_.FieldType.Namespace -like 'PSSysVIpc*' -and $_.GetValue($copy) } | Sort-Object { $_.FieldType.Name -ne 'CommonValues' }
    foreach ($field in $parts) {
        $changed = Copy-Changed -From $field.GetValue($copy) -Name $Name -Value $Value
        if ($changed) {
            $field.SetValue($copy, $changed)
            return $copy
        }
    }
}

<# As a user would take records from one session to another. #>
function ConvertTo-Record {
    param([string] $Way, [string] $Folder, [Parameter(ValueFromPipeline)] [object] $Object)
    begin { $objects = @() }
    process { $objects += $Object }
    end {
        $file = "$Folder/objects"
        switch ($Way) {
            'Clixml' { $objects | Export-Clixml $file; Import-Clixml $file }
            'JSON' { $objects | ConvertTo-Json -Depth 3 | ConvertFrom-Json }
            'CSV' { $objects | Export-Csv $file; Import-Csv $file }
            'CSV with types' { $objects | Export-Csv $file -IncludeTypeInformation; Import-Csv $file }
            'Select-Object' { $objects | Select-Object Id, Key, Owner, ChangeTime, Status }
            'Select-Object *' { $objects | Select-Object * }
            'Select-Object and CSV' { $objects | Select-Object Id, Key, Owner, LastOperationTime | Export-Csv $file; Import-Csv $file }
            'Select-Object and Clixml' { $objects | Select-Object * | Export-Clixml $file; Import-Clixml $file }
        }
    }
}

<# For what only Orphaned allows: elsewhere a user of the set may always be out of sight. #>
function Assert-OrphanedVisible {
    if ((Get-Item -LiteralPath /proc/self/ns/pid).LinkTarget -ne 'pid:[4026531836]') {
        Set-ItResult -Skipped -Because "Orphaned can only be seen in the machine's first PID namespace"
    }
}

<# For what takes strace: it counts system calls, and makes them slow. #>
function Assert-Strace {
    if (-not (Get-Command strace -ErrorAction Ignore)) { Set-ItResult -Skipped -Because "needs strace from Debian's packages: apt-get install strace" }
}

<# Ends the processes and removes all objects of this namespace, which holds only ours. #>
function Clear-Sandbox {
    foreach ($process in $processes) {
        $process.Kill()
        $process.WaitForExit()
        $process.Dispose()
    }
    $processes.Clear()
    & ipcrm --all
}

Export-ModuleMember -Function *
