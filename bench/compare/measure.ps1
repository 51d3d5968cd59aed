# The program beside which things are measured.
$floor = "$temp/floor"

# How long something takes, in milliseconds.
function Measure-Time([scriptblock] $work) {
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $null = & $work
    $watch.Elapsed.TotalMilliseconds
}

# Does works turn about, so that what else the machine does hits all alike; each returns a number. The medians, by their
# names. The first round is for practice. Before each, what it needs is made.
function Measure-Turn([Collections.IDictionary] $works, [scriptblock] $before = {}, [int] $times = $rounds) {
    $numbers = @{}
    foreach ($round in 0..$times) {
        foreach ($name in $works.Keys) {
            $null = & $before $name
            [double] $number = & $works[$name]
            if ($round) { [double[]] $numbers[$name] += $number }
        }
    }

    $medians = @{}
    foreach ($name in $works.Keys) { $medians[$name] = Get-Median $numbers[$name] }
    $medians
}

# There are so many sets afterwards, all of them new.
function Initialize-Set([int] $count, [int] $size = 1) {
    $null = & $floor remove
    & $floor make $count $size
}

# A whole pwsh that does something, in milliseconds.
function Measure-Shell([string] $command) { & $floor time "$PSHOME/pwsh" -NoProfile -Command $command }
