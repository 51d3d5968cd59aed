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
    $start = [Diagnostics.ProcessStartInfo]::new('setpriv')
    $start.RedirectStandardOutput = $true
    foreach ($argument in '--reuid', $User, '--regid', $User, '--clear-groups', 'perl', '-e', "`$| = 1; alarm 600; $script", '--', $Id, $Index, $operation) {
        $start.ArgumentList.Add($argument)
    }
    $process = [Diagnostics.Process]::Start($start)
    $processes.Add($process)
    if ($process.StandardOutput.ReadLine() -ne 'ready') { throw 'The process that should use the set has ended.' }
    if ($Task -eq 'Wait') {
        & perl -e $perlAwaitWaiter $Id $Index
        if ($LASTEXITCODE -ne 0) { throw 'The process that should wait does not.' }
    }
    $process
}

<# Until the 10 seconds of doubt after the last use are over. #>
function Wait-RecentUse { Start-Sleep -Seconds 11 }

<# The kernel's own list, so that what the module says is checked against something else. #>
function Get-KernelId {
    [OutputType([int])]
    param()
    foreach ($line in [IO.File]::ReadAllLines('/proc/sysvipc/sem') | Select-Object -Skip 1) {
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
    foreach ($field in $fields | Where-Object { $_.FieldType.Namespace -like 'PSSysVIpc*' -and $_.GetValue($copy) }) {
        $changed = Copy-Changed -From $field.GetValue($copy) -Name $Name -Value $Value
        if ($changed) {
            $field.SetValue($copy, $changed)
            return $copy
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

<# Ends the processes and removes all sets of this namespace, which holds only ours. #>
function Clear-Sandbox {
    foreach ($process in $processes) {
        $process.Kill()
        $process.WaitForExit()
        $process.Dispose()
    }
    $processes.Clear()
    & ipcrm --all=sem
}

Export-ModuleMember -Function *
