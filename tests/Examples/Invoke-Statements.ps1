<#
.SYNOPSIS
    Runs each argument as if it were typed at the prompt, one after the other, and shows what comes out.
.DESCRIPTION
    Loads the module that PSSYSVIPC_MODULE names.
#>
$PSStyle.OutputRendering = 'PlainText'
Import-Module $env:PSSYSVIPC_MODULE
foreach ($statement in $args) {
    # That the scene is no machine, which a user's is, is not to be seen.
    . { . ([scriptblock]::Create($statement)) } 3>&1 |
        Where-Object { "$_" -notlike 'No boot of the machine reads *' -and "$_" -notlike 'This shell is in an IPC namespace of its own*' } |
        Out-Default
}
