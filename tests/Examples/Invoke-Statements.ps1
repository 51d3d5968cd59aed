<#
.SYNOPSIS
    Runs each argument as if it were typed at the prompt, one after the other, and shows what comes out.
.DESCRIPTION
    For pwsh (which loads the module PSSYSVIPC_MODULE names) and for ipcsh, which has it.
#>
$PSStyle.OutputRendering = 'PlainText'
if ($env:PSSYSVIPC_MODULE) { Import-Module $env:PSSYSVIPC_MODULE }
foreach ($statement in $args) {
    . ([scriptblock]::Create($statement)) | Out-Default
}
