param([string] $temp, [string] $module)

# What a fresh pwsh pays for the module, and of which parts that is made: a built-in module's first call, and a module
# with nothing in it, say how much of that is the engine's own.
Initialize-Set -count 3
Add-Type -OutputAssembly "$temp/Empty.dll" -TypeDefinition '
    using System.Management.Automation;
    [Cmdlet(VerbsCommon.Get, "Nothing")] public class GetNothing : PSCmdlet { }'

$import = "Import-Module '$module'"
$builtIn = '$null = Get-Process -Id 1'
# Quoted, a number is written with a point whatever the language is.
function Measure-Inside([string] $before, [string] $command) {
    & "$PSHOME/pwsh" -NoProfile -Command "$before; `$w = [Diagnostics.Stopwatch]::StartNew(); $command; `"`$(`$w.Elapsed.TotalMilliseconds)`""
}

$first = Measure-Turn -works ([ordered]@{
        bare    = { Measure-Shell 1 }
        ours    = { Measure-Shell "$import; `$null = Get-IpcSemaphore" }
        builtIn = { Measure-Shell $builtIn }
        import  = { Measure-Inside -command $import }
        empty   = { Measure-Inside -command "Import-Module '$temp/Empty.dll'" }
        call    = { Measure-Inside -before $import -command '$null = Get-IpcSemaphore' }
        other   = { Measure-Inside -command $builtIn }
    })
Write-Row -what 'first use, whole process' -sets 3 -ours $first.ours -beside 'Get-Process -Id 1' -theirs $first.builtIn -most 1.05
Write-Row -what 'of it a bare pwsh' -sets 3 -ours $first.bare
Write-Row -what 'of it the import' -sets 3 -ours $first.import -beside 'an empty module''s' -theirs $first.empty
Write-Row -what 'of it the first call' -sets 3 -ours $first.call -beside 'Get-Process''s' -theirs $first.other
