# What the scripts of the benchmarks share.
function Get-Median([double[]] $values) { [Array]::Sort($values); $values[[int][Math]::Floor($values.Length / 2)] }

function Format-Invariant([string] $format, [object[]] $values) { [string]::Format([cultureinfo]::InvariantCulture, $format, $values) }

# Starts processes that wait for the end of their input. One of them says "ready" when all are there.
function Open-Crowd([int] $user, [int] $group, [string[]] $command) {
    $start = [Diagnostics.ProcessStartInfo]::new('setpriv')
    @("--reuid=$user", "--regid=$group", '--clear-groups') + $command | ForEach-Object { $start.ArgumentList.Add($_) }
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $true
    $crowd = [Diagnostics.Process]::Start($start)
    if ($crowd.StandardOutput.ReadLine() -ne 'ready') { throw 'The processes could not be made.' }
    $crowd
}

function Close-Crowd($crowd) {
    $crowd.StandardInput.Close()
    $crowd.WaitForExit()
}
