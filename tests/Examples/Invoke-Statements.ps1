<#
.SYNOPSIS
    Runs each argument as if it were typed at the prompt, one after the other, and shows what comes out.
.DESCRIPTION
    Loads the module that PSSYSVIPC_MODULE names.
#>
$PSStyle.OutputRendering = 'PlainText'
Import-Module $env:PSSYSVIPC_MODULE
foreach ($statement in $args) {
    . ([scriptblock]::Create($statement)) | Out-Default
}
