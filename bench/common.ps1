# What the scripts of the benchmarks share.
function Get-Median([double[]] $values) { [Array]::Sort($values); $values[[int][Math]::Floor($values.Length / 2)] }

function Format-Invariant([string] $format, [object[]] $values) { [string]::Format([cultureinfo]::InvariantCulture, $format, $values) }
