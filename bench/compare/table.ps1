$row = '{0,-31} {1,10} {2,8} {3,-5}  {4,-22} {5,8} {6,8} {7,6}  {8}'

function Write-Header { Format-Invariant $row 'what', 'sets', 'ours', '', 'beside it', 'theirs', 'ratio', 'most', '' }

# A number with three digits that count.
function Format-Number($number) {
    if ($null -eq $number) { '-' }
    elseif ($number -lt 1) { Format-Invariant '{0:f3}' $number }
    elseif ($number -lt 10) { Format-Invariant '{0:f2}' $number }
    elseif ($number -lt 100) { Format-Invariant '{0:f1}' $number }
    else { Format-Invariant '{0:f0}' $number }
}

# What ours is beside theirs, and whether that is at most what it may be. Without theirs, ours is.
function Write-Row($what, $sets, $ours, $unit = 'ms', $beside, $theirs, $most) {
    $ratio = $theirs ? $ours / $theirs : $null
    $verdict = $null -eq $most ? '' : ($ratio ?? $ours) -le $most ? 'met' : 'missed'
    Format-Invariant $row $what, $sets, (Format-Number $ours), $unit, ($beside ?? '-'), (Format-Number $theirs),
        (Format-Number $ratio), ($most ?? '-'), $verdict
}
